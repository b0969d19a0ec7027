// jest's results as tools/run_tests.py reads them: what failed, then "N passed, N failed".
'use strict'

module.exports = class Report {
  onTestResult(test, result) {
    if (result.failureMessage) console.log(result.failureMessage)
  }

  onRunComplete(contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    console.log(`${results.numPassedTests} passed, ${failed} failed`)
  }
}

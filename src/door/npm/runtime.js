  var done = [];
  var own = Object.prototype.hasOwnProperty;
  function isObject(x) { return (typeof x === 'object' && x !== null) || typeof x === 'function'; }
  function define(exports, name, get) {
    Object.defineProperty(exports, name, {
      enumerable: true, configurable: true,
      get: function () { try { return get(); } catch (e) { if (e instanceof ReferenceError) { return undefined; } throw e; } },
    });
  }
  function namespace(exports) {
    if (isObject(exports) && exports.__esModule) { return exports; }
    var space = Object.create(null);
    Object.keys(isObject(exports) ? exports : {}).forEach(function (key) { define(space, key, function () { return exports[key]; }); });
    space.default = exports;
    return space;
  }
  function load(number) {
    if (done[number]) { return done[number]; }
    var row = modules[number], targets = row[1], specs = row[2], module = done[number] = { exports: {}, ready: false, after: [] };
    function find(spec) { return own.call(targets, spec) ? load(targets[spec]) : { exports: outer(spec), ready: true }; }
    function require(spec) { return find(spec).exports; }
    function $x(getters) {
      Object.defineProperty(module.exports, '__esModule', { value: true, configurable: true, writable: true });
      Object.keys(getters).forEach(function (name) { define(module.exports, name, getters[name]); });
    }
    function $i(index, kind) {
      var got = require(specs[index]);
      if (kind === 1) { return isObject(got) && got.__esModule ? got.default : got; }
      return kind === 2 ? namespace(got) : got === undefined || got === null ? {} : got;
    }
    function pass(from) {
      Object.keys(isObject(from) ? from : {}).forEach(function (key) {
        if (key !== 'default' && key !== '__esModule' && !own.call(module.exports, key)) { define(module.exports, key, function () { return from[key]; }); }
      });
    }
    function $s(index) {
      var other = find(specs[index]);
      pass(other.exports);
      if (!other.ready) { other.after.push(function () { pass(other.exports); }); }
    }
    function $l(getters) {
      var scope = Object.create(null);
      Object.keys(getters).forEach(function (name) { define(scope, name, getters[name]); });
      return scope;
    }
    function $imprt(spec) { return Promise.resolve().then(function () { return namespace(require(spec)); }); }
    try {
      var live = row[0].call(module.exports, module, module.exports, require, $x, $i, $s, $l, $imprt, { url: '' });
      if (typeof live === 'function') { live.call(undefined); }
    } catch (e) {
      done[number] = undefined;
      throw e;
    }
    module.ready = true;
    module.after.forEach(function (job) { job(); });
    return module;
  }
  return load(0).exports;

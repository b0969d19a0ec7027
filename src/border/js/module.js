// Modules: the cache, require, and what a rewritten ES module calls (esm.h says how it is built).
(function (native, realm) {
'use strict';
const { assign, defineProperty, create, keys, prototype: { hasOwnProperty } } = Object;
const { apply } = Reflect;
const MapOf = Map, PromiseOf = Promise, ErrorOf = Error, ReferenceErrorOf = ReferenceError;
const { parse } = JSON, { resolve } = Promise;
const mapGet = Map.prototype.get, mapSet = Map.prototype.set, mapDelete = Map.prototype.delete;
const then = Promise.prototype.then;
const own = (object, key) => apply(hasOwnProperty, object, [key]);
const isObject = (x) => (typeof x === 'object' && x !== null) || typeof x === 'function';

const NOTHING = create(null);
const cache = new MapOf(); // path to {module, done, after: jobs for when it is done}
let scopeNames = '';
let scopeValues = [];

const find = (from, spec) => {
	if (typeof spec !== 'string') {
		throw new ErrorOf('require: the path must be a string');
	}
	return native.resolve(from, spec);
};

const isJson = (path) => path.length > 5 && path.slice(-5) === '.json';

const resolved = () => apply(resolve, PromiseOf, []);

const makeRequire = (from) => {
	const later = (spec) => apply(then, resolved(), [() => {
		try {
			return run(find(from, spec)).module.exports;
		} catch (e) {
			throw isObject(e) ? assign(e, { mod: spec, errMsg: e.message }) : e;
		}
	}]);
	// The form with callbacks is WeChat's for files of another sub-package. A plain function, as
	// `new require('x')` occurs: it gives the exports.
	const require = function require(spec, success, fail) {
		if (typeof success !== 'function' && typeof fail !== 'function') {
			return run(find(from, spec)).module.exports;
		}
		apply(then, later(spec), [success, fail || (() => {})]);
		return undefined;
	};
	require.async = later;
	return require;
};

// What `import * as x` and import() give for a file that is no ES module.
const namespaces = new WeakMap();
const spaceGet = WeakMap.prototype.get, spaceSet = WeakMap.prototype.set;
const namespace = (exports) => {
	if (isObject(exports) && exports.__esModule) {
		return exports;
	}
	let space = isObject(exports) ? apply(spaceGet, namespaces, [exports]) : undefined;
	if (space === undefined) {
		space = create(null);
		for (const key of keys(isObject(exports) ? exports : NOTHING)) {
			defineProperty(space, key, { enumerable: true, configurable: true, get: () => exports[key] });
		}
		defineProperty(space, 'default',
			{ value: exports, enumerable: true, configurable: true, writable: true });
		if (isObject(exports)) {
			apply(spaceSet, namespaces, [exports, space]);
		}
	}
	return space;
};

// An exported name follows its variable. Before a let, const or class is initialised, which only a
// circular import can see, it is undefined, as with the vendor's tool, instead of an error.
const exportGetter = (exports, name, read) => {
	const get = () => {
		try {
			return read();
		} catch (e) {
			if (e instanceof ReferenceErrorOf) {
				return undefined;
			}
			throw e;
		}
	};
	realm.showGetter(get);
	defineProperty(exports, name, {
		enumerable: true,
		configurable: true,
		get,
		set(value) {
			defineProperty(exports, name, { value, enumerable: true, configurable: true, writable: true });
		},
	});
};

// What the first line of a rewritten file calls: $x defines its exports, $i runs and reads its
// import number `index` (kind 0: the exports, for single names; 1: the default; 2: the namespace),
// $s passes on what an `export *` finds, $l makes the scope of the names that must stay live.
const esmParts = (record, path, specs) => {
	const { exports } = record.module;
	const imports = [];
	const imported = (index) => {
		if (imports[index] === undefined) {
			imports[index] = run(find(path, specs[index]));
		}
		return imports[index];
	};
	const $x = (getters) => {
		defineProperty(exports, '__esModule', { value: true, configurable: true, writable: true });
		for (const name of keys(getters)) {
			exportGetter(exports, name, getters[name]);
		}
	};
	const $i = (index, kind) => {
		const got = imported(index).module.exports;
		if (kind === 1) {
			return isObject(got) && got.__esModule ? got.default : got;
		}
		return kind === 2 ? namespace(got) : got === undefined || got === null ? NOTHING : got;
	};
	const star = (from) => {
		for (const key of keys(isObject(from) ? from : NOTHING)) {
			if (key !== 'default' && key !== '__esModule' && !own(exports, key)) {
				exportGetter(exports, key, () => from[key]);
			}
		}
	};
	const $s = (index) => {
		const other = imported(index);
		star(other.module.exports);
		if (!other.done) {
			other.after[other.after.length] = () => star(other.module.exports);
		}
	};
	const $l = (getters) => {
		const scope = create(null);
		for (const name of keys(getters)) {
			defineProperty(scope, name, { enumerable: true, get: getters[name] });
		}
		return scope;
	};
	return [$x, $i, $s, $l];
};

const evaluate = (path, record) => {
	const { module } = record;
	if (isJson(path)) {
		module.exports = parse(native.read(path));
		return;
	}
	const [compiled, isEsm, isLive, specs] = native.compile(path, scopeNames);
	const factory = scopeNames === '' ? compiled : apply(compiled, undefined, scopeValues);
	const $imprt = (spec) =>
		apply(then, resolved(), [() => namespace(run(find(path, '' + spec)).module.exports)]);
	const given = [module, module.exports, makeRequire(path), $imprt];
	if (!isEsm) {
		apply(factory, undefined, given);
		return;
	}
	const body = apply(factory, undefined, [...given, { url: path }, ...esmParts(record, path, specs)]);
	if (isLive) {
		apply(body, undefined, []);
	}
};

// The record of a file; while it is still running, the record as it is then.
const run = (path) => {
	let record = apply(mapGet, cache, [path]);
	if (record !== undefined) {
		return record;
	}
	record = { module: { exports: {}, id: path, loaded: false }, done: false, after: [] };
	apply(mapSet, cache, [path, record]);
	try {
		evaluate(path, record);
	} catch (e) {
		apply(mapDelete, cache, [path]);
		throw e;
	}
	record.done = record.module.loaded = true;
	for (let i = 0; i < record.after.length; i++) {
		record.after[i]();
	}
	record.after = [];
	return record;
};

realm.run = (path) => { run(find('', path)); };
realm.require = (from, spec) => run(find(from, spec)).module.exports;
realm.loaded = (path) => {
	const record = apply(mapGet, cache, [path]);
	return record !== undefined && record.done;
};
realm.scope = (names) => {
	const list = keys(names);
	scopeNames = '';
	scopeValues = [];
	for (let i = 0; i < list.length; i++) {
		scopeNames += (i > 0 ? ',' : '') + list[i];
		scopeValues[i] = names[list[i]];
	}
};
})

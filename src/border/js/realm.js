// What every mini program finds in its global object before any code of its own runs: no way to
// make code out of text, time and chance from the host, timers. `native` are the engine's C
// functions, `realm` collects what C and the other scripts call.
(function (native, realm) {
'use strict';
const global = globalThis;
const { defineProperty, getPrototypeOf, setPrototypeOf, getOwnPropertyNames } = Object;
const { construct, apply } = Reflect;
const StringOf = String, NumberOf = Number, ErrorOf = Error, TypeErrorOf = TypeError;
const RealDate = Date, RealFunction = Function, EvalErrorOf = EvalError;
const MapOf = Map;
const mapGet = Map.prototype.get, mapSet = Map.prototype.set, mapDelete = Map.prototype.delete;
const hide = (object, name, value) =>
	defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });

// ---- What is not there. Collecting garbage is not deterministic, so nothing may observe it.
for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry',
	'ShadowRealm', 'console']) {
	delete global[name];
}

// ---- `global`, WeChat's name for what later became globalThis
hide(global, 'global', global);

// ---- Function. The constructors stay, as `x instanceof Function` and `f.constructor` occur
// everywhere, but make no code. Two bodies are so common in bundled libraries that they are
// answered without compiling anything: `Function('return this')()` (lodash, core-js, webpack),
// whose value, the global object, a sloppy function's `this` gives anyway and which holds nothing
// of the host; and regenerator's way to set its global from strict code.
const refuse = () => {
	throw new EvalErrorOf('code from strings is not allowed in a mini program');
};
const made = (args) => {
	const body = args.length > 0 ? StringOf(args[args.length - 1]).trim() : '';
	if (args.length <= 1 && (body === '' || body === 'return this' || body === 'return this;')) {
		return body === '' ? function anonymous() {} : function anonymous() { return global; };
	}
	if (args.length === 2 && args[0] === 'r' && body === 'regeneratorRuntime = r') {
		return function anonymous(r) { global.regeneratorRuntime = r; };
	}
	return refuse();
};
const block = (real, name, replacement) => {
	hide(replacement, 'name', name);
	defineProperty(replacement, 'length', { value: 1, writable: false, enumerable: false, configurable: true });
	defineProperty(replacement, 'prototype',
		{ value: real.prototype, writable: false, enumerable: false, configurable: false });
	defineProperty(real.prototype, 'constructor',
		{ value: replacement, writable: name === 'Function', enumerable: false, configurable: false });
	return replacement;
};
const FunctionOf = block(RealFunction, 'Function', function (...args) { return made(args); });
hide(global, 'Function', FunctionOf);
setPrototypeOf(FunctionOf, RealFunction.prototype);
for (const [name, sample] of [['GeneratorFunction', function* () {}], ['AsyncFunction', async function () {}],
	['AsyncGeneratorFunction', async function* () {}]]) {
	const real = getPrototypeOf(sample).constructor;
	setPrototypeOf(real, FunctionOf);
	setPrototypeOf(block(real, name, function () { return refuse(); }), FunctionOf);
}

// ---- Time and chance
function DateOf(year, month, day, hours, minutes, seconds, ms) {
	if (new.target === undefined) {
		return new RealDate(native.now()).toString();
	}
	return construct(RealDate, arguments.length === 0 ? [native.now()] : arguments, new.target);
}
hide(DateOf, 'name', 'Date');
for (const name of ['parse', 'UTC']) {
	hide(DateOf, name, RealDate[name]);
}
hide(DateOf, 'now', function now() { return native.now(); });
defineProperty(DateOf, 'prototype',
	{ value: RealDate.prototype, writable: false, enumerable: false, configurable: false });
hide(RealDate.prototype, 'constructor', DateOf);
hide(global, 'Date', DateOf);
new RealDate(0).getHours(); // the time zone is read now and stays
if (typeof Intl === 'object') {
	const proto = Intl.DateTimeFormat.prototype;
	const format = Object.getOwnPropertyDescriptor(proto, 'format').get, toParts = proto.formatToParts;
	defineProperty(proto, 'format', {
		get() {
			const bound = apply(format, this, []);
			return (date) => bound(date === undefined ? native.now() : date);
		},
		enumerable: false, configurable: true,
	});
	hide(proto, 'formatToParts', function formatToParts(date) {
		return apply(toParts, this, [date === undefined ? native.now() : date]);
	});
}

// xorshift128, the seed spread over the state by multiplication
const [low, high] = native.seed();
let a = low ^ 0x9e3779b9, b = Math.imul(high, 0x85ebca6b) ^ 0x6d2b79f5;
let c = Math.imul(low ^ high, 0xc2b2ae35) ^ 0x1b873593, d = 0x2545f491 ^ high;
const next = () => {
	let t = a ^ (a << 11);
	a = b; b = c; c = d;
	t ^= t >>> 8;
	d = (d ^ (d >>> 19)) ^ t;
	return d >>> 0;
};
for (let i = 0; i < 16; i++) {
	next();
}
hide(Math, 'random', function random() {
	return ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
});
const origin = native.monotonic();
hide(global, 'performance', {
	timeOrigin: native.now(),
	now() { return native.monotonic() - origin; },
});

// ---- Timers: the callbacks stay here under their number
const timers = new MapOf();
let lastTimer = 0;
const start = (name, repeat) => function (callback, delay, ...args) {
	if (typeof callback !== 'function') {
		throw new TypeErrorOf(name + ': the callback must be a function, not ' +
			(typeof callback === 'string' ? 'a string' : StringOf(callback)));
	}
	const ms = NumberOf(delay);
	const id = ++lastTimer;
	apply(mapSet, timers, [id, { callback, args, repeat }]);
	native.timerStart(id, ms > 0 ? ms : 0, repeat);
	return id;
};
const clear = (id) => {
	const number = typeof id === 'string' ? NumberOf(id) : id;
	if (apply(mapDelete, timers, [number])) {
		native.timerStop(number);
	}
};
realm.timers = {
	setTimeout: start('setTimeout', false),
	setInterval: start('setInterval', true),
	clearTimeout(id) { clear(id); },
	clearInterval(id) { clear(id); },
};
for (const name of getOwnPropertyNames(realm.timers)) {
	hide(realm.timers[name], 'name', name);
	hide(global, name, realm.timers[name]);
}
realm.fire = (id) => {
	const timer = apply(mapGet, timers, [id]);
	if (timer === undefined) {
		return;
	}
	if (!timer.repeat) {
		apply(mapDelete, timers, [id]);
	}
	apply(timer.callback, undefined, timer.args);
};

// ---- Errors
// Everything about a thrown thing that C reports; none of the program's getters may throw here.
realm.describe = (thrown) => {
	const get = (name, type) => {
		try {
			const value = thrown[name];
			return typeof value === type ? value : undefined;
		} catch (e) {
			return undefined;
		}
	};
	let text;
	if ((typeof thrown !== 'object' && typeof thrown !== 'function') || thrown === null) {
		return { message: typeof thrown === 'string' ? thrown : realm.inspect(thrown) };
	}
	const stack = get('stack', 'string');
	if (!(thrown instanceof ErrorOf) && stack === undefined) {
		try {
			text = realm.inspect(thrown);
		} catch (e) {
			text = '[object]';
		}
		return { message: text, plain: true };
	}
	const name = get('name', 'string'), message = get('message', 'string');
	text = name && message ? name + ': ' + message : name || message || 'Error';
	return { message: text, stack, url: get('sourceURL', 'string'), line: get('line', 'number'),
		column: get('column', 'number'), syntax: thrown instanceof SyntaxError };
};
let onRejection = null;
realm.rejected = (reason, promise) => {
	if (onRejection !== null) {
		onRejection(reason, promise);
	}
};

// ---- The prelude's door
const bind = (name) => (...args) => native[name](...args);
realm.door = {
	invoke: native.invoke,
	pin: native.pin,
	unpin: native.unpin,
	pinned: native.pinned,
	bytes: native.bytes,
	buffer: native.buffer,
	now: native.now,
	monotonic: native.monotonic,
	report: (error, rejected) => native.report(error, rejected === true),
	rejection: (listener) => { onRejection = listener; },
	inspect: (value) => realm.inspect(value),
	require: (path) => realm.require('', path),
	loaded: (path) => realm.loaded(path),
	scope: (names) => realm.scope(names),
	...realm.timers,
};
})

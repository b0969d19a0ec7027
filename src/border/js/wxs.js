// The world of WXS: what its scripts find, their modules, the descriptors of components, and what C
// calls. `native` are functions of wxs.c, `realm` collects what C calls. Everything that runs here
// on a script's behalf is strict, so that no function's `caller` leads out of the world.
(function (native, realm, low, high) {
'use strict';
const global = globalThis;
const { create, defineProperty, freeze, getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf, preventExtensions } = Object;
const { apply, construct, defineProperty: offer } = Reflect;
const ErrorOf = Error, TypeErrorOf = TypeError, NumberOf = Number, StringOf = String;
const RealDate = Date, RealRegExp = RegExp, RealMath = Math, MapOf = Map, WeakMapOf = WeakMap;
const { stringify, parse } = JSON, { isArray } = Array, { floor, imul, min, max } = Math;
const { get: mapGet, set: mapSet, delete: mapDelete } = Map.prototype;
const { get: weakGet, set: weakSet } = WeakMap.prototype;
const { exec, toString: regexpText } = RegExp.prototype;
const { hasOwnProperty } = Object.prototype, { substring } = String.prototype;
const dateText = Date.prototype.toString;
const { iterator, split } = Symbol;
const own = (object, key) => apply(hasOwnProperty, object, [key]);
const isObject = (x) => (typeof x === 'object' && x !== null) || typeof x === 'function';
const fixed = (object, name, value) =>
	defineProperty(object, name, { value, writable: false, enumerable: false, configurable: false });
const hide = (object, name, value) =>
	defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });

// ---- Functions as data. Inside of JSON.stringify a function is null; on its way to C it is its number.
const MARK = '\u0000f';
const FUNCTIONS_MAX = 100000;
const numbers = new WeakMapOf();
let functionCount = 0, crossing = false, marked = 0;
const numberOf = (fn) => {
	let id = apply(weakGet, numbers, [fn]);
	if (id === undefined) {
		if (functionCount >= FUNCTIONS_MAX) {
			return 0;
		}
		functionCount++;
		id = native.keep(fn);
		apply(weakSet, numbers, [fn, id]);
	}
	return id;
};
hide(Function.prototype, 'toJSON', { toJSON() {
	if (!crossing || typeof this !== 'function') {
		return null;
	}
	marked++;
	return { [MARK]: numberOf(this) };
} }.toJSON);

// ---- Arrays. The native ones ask the array's constructor, which is a text here.
const lengthOf = (array) => {
	const n = floor(NumberOf(array.length));
	return n > 0 ? min(n, 4294967295) : 0;
};
const whole = (value) => {
	const number = NumberOf(value);
	return number !== number ? 0 : number < 0 ? -floor(-number) : floor(number);
};
const position = (value, n, other) => {
	const at = value === undefined ? other : whole(value);
	return at < 0 ? max(n + at, 0) : min(at, n);
};
const run1 = (fn, self, item, i, array) =>
	(self === undefined ? fn(item, i, array) : apply(fn, self, [item, i, array]));
const callable = (fn) => {
	if (typeof fn !== 'function') {
		throw new TypeErrorOf('the callback must be a function');
	}
};
const flatten = (out, array, depth) => {
	for (let i = 0; i < array.length; i++) {
		if (isArray(array[i]) && depth > 0) {
			flatten(out, array[i], depth - 1);
		} else if (i in array) {
			out[out.length] = array[i];
		}
	}
	return out;
};
const arrays = {
	concat(...parts) {
		const out = [];
		let n = 0;
		for (let k = -1; k < parts.length; k++) {
			const part = k < 0 ? this : parts[k];
			if (!isArray(part)) {
				out[n++] = part;
				continue;
			}
			for (let i = 0; i < part.length; i++) {
				if (i in part) {
					out[n + i] = part[i];
				}
			}
			n += part.length;
		}
		out.length = n;
		return out;
	},
	filter(fn, self) {
		const n = lengthOf(this), out = [];
		callable(fn);
		for (let i = 0, k = 0; i < n; i++) {
			if (i in this) {
				const item = this[i];
				if (run1(fn, self, item, i, this)) {
					out[k++] = item;
				}
			}
		}
		return out;
	},
	map(fn, self) {
		const n = lengthOf(this), out = [];
		callable(fn);
		for (let i = 0; i < n; i++) {
			if (i in this) {
				out[i] = run1(fn, self, this[i], i, this);
			}
		}
		out.length = n;
		return out;
	},
	slice(start, end) {
		const n = lengthOf(this), last = position(end, n, n), out = [];
		let k = 0;
		for (let i = position(start, n, 0); i < last; i++, k++) {
			if (i in this) {
				out[k] = this[i];
			}
		}
		out.length = k;
		return out;
	},
	splice(...args) {
		const n = lengthOf(this), start = position(args[0], n, 0);
		const gone = args.length === 0 ? 0 : args.length === 1 ? n - start : min(max(whole(args[1]), 0), n - start);
		const out = apply(arrays.slice, this, [start, start + gone]), more = max(args.length - 2, 0);
		const move = (i) => {
			if (i in this) {
				this[i - gone + more] = this[i];
			} else {
				delete this[i - gone + more];
			}
		};
		for (let i = start + gone; i < n && more < gone; i++) {
			move(i);
		}
		for (let i = n - 1; i >= start + gone && more > gone; i--) {
			move(i);
		}
		for (let i = 0; i < more; i++) {
			this[start + i] = args[i + 2];
		}
		this.length = n - gone + more;
		return out;
	},
	flat(depth) { return flatten([], this, depth === undefined ? 1 : min(whole(depth), 1000)); },
	flatMap(fn, self) { return flatten([], apply(arrays.map, this, [fn, self]), 1); },
};
for (const name of getOwnPropertyNames(arrays)) {
	hide(Array.prototype, name, arrays[name]);
}

// ---- Regular expressions: the same for what splits a text by one
const pieces = { split(given, limit) {
	const text = StringOf(given), out = [], most = limit === undefined ? 4294967295 : limit >>> 0;
	if (most === 0) {
		return out;
	}
	const flags = 'g' + (this.ignoreCase ? 'i' : '') + (this.multiline ? 'm' : '') + (this.unicode ? 'u' : '');
	const finder = new RealRegExp(this.source, flags);
	if (text === '') {
		return apply(exec, finder, ['']) ? out : [''];
	}
	for (let p = 0, q = 0;;) {
		finder.lastIndex = q;
		const match = q < text.length ? apply(exec, finder, [text]) : null;
		if (match === null || match.index >= text.length) {
			out[out.length] = apply(substring, text, [p]);
			return out;
		}
		if (finder.lastIndex === p) {
			q = p + 1;
			continue;
		}
		match[0] = apply(substring, text, [p, match.index]); // the piece, and then the groups
		for (let i = 0; i < match.length; i++) {
			out[out.length] = match[i];
			if (out.length === most) {
				return out;
			}
		}
		p = q = finder.lastIndex;
	}
} };
hide(RegExp.prototype, split, pieces.split);

// ---- The prototypes: `constructor` is a text, nothing leads to a real constructor or to a prototype itself
const objectProto = Object.prototype, functionProto = Function.prototype;
const names = ['Array', 'String', 'Number', 'Boolean', 'Date', 'RegExp', 'Symbol', 'BigInt', 'Promise', 'Error', 'TypeError',
	'RangeError', 'SyntaxError', 'ReferenceError', 'URIError', 'EvalError', 'AggregateError'];
const protos = [objectProto, functionProto], texts = ['Object', 'Function'];
const add = (proto, text) => {
	protos[protos.length] = proto;
	texts[texts.length] = text;
};
for (const name of names) {
	if (typeof global[name] === 'function') {
		add(global[name].prototype, name);
	}
}
for (const sample of [function* () {}, async function () {}, async function* () {}]) {
	add(getPrototypeOf(sample), 'Function');
	for (let proto = sample.prototype && getPrototypeOf(sample.prototype); proto && proto !== objectProto;
		proto = getPrototypeOf(proto)) {
		add(proto, 'Object');
	}
}
for (const sample of [[][iterator](), ''[iterator](), ''.matchAll(new RealRegExp('', 'g'))]) {
	add(getPrototypeOf(sample), 'Object');
}
delete String.prototype.matchAll; // which asks the expression's constructor, and is none of WXS's
const iteratorProto = getPrototypeOf(getPrototypeOf([][iterator]()));
for (const name of getOwnPropertyNames(iteratorProto)) {
	delete iteratorProto[name]; // helpers, whose objects have prototypes of their own
}
for (const name of ['__proto__', '__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__']) {
	delete objectProto[name];
}
hide(objectProto, 'toString', { toString() { return '[object Object]'; } }.toString);
hide(functionProto, 'toString', { toString() { return '[function Function]'; } }.toString);
// In a frozen prototype a property hides from assignment too; what a program may well give to an
// object of its own is therefore a pair of functions.
const assignable = (proto, name) => {
	const value = proto[name];
	if (typeof value === 'function') {
		freeze(value);
	}
	defineProperty(proto, name, {
		get: { get() { return value; } }.get,
		set: { set(given) {
			if (isObject(this) && this !== proto) {
				offer(this, name, { value: given, writable: true, enumerable: true, configurable: true });
			}
		} }.set,
		enumerable: false,
		configurable: false,
	});
};
for (let i = 0; i < protos.length; i++) {
	hide(protos[i], 'constructor', texts[i]);
}
for (const name of getOwnPropertyNames(objectProto)) {
	assignable(objectProto, name);
}
for (const name of ['constructor', 'toString', 'toJSON', 'call', 'apply', 'bind']) {
	assignable(functionProto, name);
}
for (const name of ['constructor', 'toString', 'name', 'message']) {
	assignable(ErrorOf.prototype, name);
}
for (const proto of protos) {
	for (const name of getOwnPropertyNames(proto)) {
		const { value } = getOwnPropertyDescriptor(proto, name);
		if (typeof value === 'function') {
			freeze(value);
		}
	}
	freeze(proto);
}

// ---- The globals
let a = low ^ 0x9e3779b9, b = imul(high, 0x85ebca6b) ^ 0x6d2b79f5; // xorshift128, as in realm.js
let c = imul(low ^ high, 0xc2b2ae35) ^ 0x1b873593, d = 0x2545f491 ^ high;
const next = () => {
	let t = a ^ (a << 11);
	a = b; b = c; c = d;
	t ^= t >>> 8;
	d = (d ^ (d >>> 19)) ^ t;
	return d >>> 0;
};
for (let i = 0; i < 24; i++) {
	next();
}
const pick = (object, list) => {
	const out = {};
	for (const name of list) {
		out[name] = object[name];
	}
	return out;
};
const given = {
	Math: pick(RealMath, ['E', 'LN10', 'LN2', 'LOG2E', 'LOG10E', 'PI', 'SQRT1_2', 'SQRT2', 'abs', 'acos', 'asin', 'atan',
		'atan2', 'ceil', 'cos', 'exp', 'floor', 'log', 'max', 'min', 'pow', 'round', 'sin', 'sqrt', 'tan']),
	JSON: {
		stringify(value) { return stringify(value); },
		parse(text) { return text === undefined ? undefined : parse(text); },
	},
	Number: (...args) => (args.length === 0 ? 0 : NumberOf(args[0])), // no function in WXS, but programs call it
	Date: { parse: RealDate.parse, UTC: RealDate.UTC, now() { return native.now(); } },
	console: {
		log(...args) {
			let text = '';
			for (let i = 0; i < args.length; i++) {
				text += (i > 0 ? ' ' : '') + StringOf(args[i]);
			}
			native.console(text);
		},
	},
	getDate: (...args) => construct(RealDate, args.length === 0 ? [native.now()] : args),
	getRegExp: (...args) => construct(RealRegExp, args),
};
given.Math.random = { random() { return ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992; } }.random;
for (const name of ['MAX_VALUE', 'MIN_VALUE', 'NEGATIVE_INFINITY', 'POSITIVE_INFINITY']) {
	fixed(given.Number, name, NumberOf[name]);
}
const kept = ['undefined', 'NaN', 'Infinity', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'decodeURI',
	'decodeURIComponent', 'encodeURI', 'encodeURIComponent'];
const keeps = create(null);
for (const name of kept) {
	keeps[name] = true;
}
for (const name of getOwnPropertyNames(global)) {
	if (!keeps[name]) {
		delete global[name];
	}
}
for (const name of getOwnPropertyNames(given)) {
	fixed(global, name, freeze(given[name]));
}
for (const name of kept) {
	fixed(global, name, global[name]);
}
preventExtensions(global);

// ---- Modules
const modules = new MapOf(); // key to {exports}
let uncompiled; // the error of a file that cannot be compiled, while it is told
const requireFrom = (key) => (spec) => {
	const other = native.resolve(key, StringOf(spec));
	return other === '' ? undefined : run(other);
};
const run = (key) => {
	let module = apply(mapGet, modules, [key]);
	if (module === undefined) {
		module = { exports: {} };
		apply(mapSet, modules, [key, module]);
		let factory;
		try {
			factory = native.compile(key);
			factory(module, module.exports, requireFrom(key));
		} catch (e) {
			uncompiled = factory === undefined ? e : undefined;
			module.exports = undefined;
			native.report(e);
			uncompiled = undefined;
		}
	}
	return module.exports;
};

// ---- To C: scalars as they are, a function as its number, everything else as JSON
const acyclic = (value, above) => {
	if (typeof value !== 'object' || value === null) {
		return value;
	}
	for (let up = above; up !== null; up = up.above) {
		if (up.value === value) {
			return undefined;
		}
	}
	const here = { value, above };
	const out = isArray(value) ? [] : {};
	for (const key of getOwnPropertyNames(value)) {
		if (key !== 'length' || !isArray(value)) {
			out[key] = acyclic(value[key], here);
		}
	}
	return out;
};
const textOf = (value) => {
	marked = 0;
	crossing = true;
	try {
		return stringify(value);
	} catch (e) {
		if (e instanceof TypeErrorOf && isObject(value)) {
			return stringify(acyclic(value, null));
		}
		throw e;
	} finally {
		crossing = false;
	}
};
const give = (value) => {
	if (!isObject(value)) {
		return value;
	}
	if (typeof value === 'function') {
		native.result(numberOf(value), 0);
	} else if (value instanceof RealDate) {
		return apply(dateText, value, []);
	} else if (value instanceof RealRegExp) {
		return apply(regexpText, value, []);
	} else {
		const text = textOf(value);
		if (text !== undefined) {
			native.result(text, marked);
		}
	}
	return undefined;
};

// ---- ComponentDescriptor (组件描述符): one per node of a page
const pages = new MapOf(); // page to a Map of node to descriptor
const records = new WeakMapOf();
let lastWish = 0;
const wishes = new MapOf(); // id to {fn, args, page, node} of timeouts and animation frames
const recordOf = (descriptor) => {
	const record = isObject(descriptor) ? apply(weakGet, records, [descriptor]) : undefined;
	if (record === undefined) {
		throw new TypeErrorOf('this is no ComponentDescriptor');
	}
	return record;
};
const wish = (descriptor, fn, args, due) => {
	const record = recordOf(descriptor);
	callable(fn);
	const id = ++lastWish;
	apply(mapSet, wishes, [id, { fn, args }]);
	native.wish(id, record.page, record.node, due);
	return id;
};
const ask = (descriptor, name, args) => {
	const record = recordOf(descriptor);
	return native.descriptor(record.page, record.node, name, args);
};
const methods = {
	selectComponent(selector) {
		const id = ask(this, 'selectComponent', [selector]);
		return typeof id === 'number' && id > 0 ? descriptorOf(recordOf(this).page, id) : undefined;
	},
	selectAllComponents(selector) {
		const ids = ask(this, 'selectAllComponents', [selector]), out = [];
		for (let i = 0; isArray(ids) && i < ids.length; i++) {
			out[i] = descriptorOf(recordOf(this).page, ids[i]);
		}
		return out;
	},
	getState() {
		const record = recordOf(this);
		if (record.state === undefined) {
			record.state = {};
		}
		return record.state;
	},
	requestAnimationFrame(fn) { return wish(this, fn, undefined, -1); },
	setTimeout(fn, ms, ...args) {
		const delay = NumberOf(ms);
		return wish(this, fn, args, native.now() + (delay > 0 && delay < 2147483648 ? delay : 0));
	},
	clearTimeout(id) {
		recordOf(this);
		if (typeof id === 'number' && apply(mapDelete, wishes, [id])) {
			native.unwish(id);
		}
	},
};
for (const name of ['setStyle', 'addClass', 'removeClass', 'hasClass', 'setClass', 'getDataset', 'callMethod', 'triggerEvent',
	'getComputedStyle', 'getBoundingClientRect']) {
	methods[name] = { [name](...args) { return ask(this, name, args); } }[name];
}
freeze(methods);
const descriptorOf = (page, node) => {
	let nodes = apply(mapGet, pages, [page]);
	if (nodes === undefined) {
		nodes = new MapOf();
		apply(mapSet, pages, [page, nodes]);
	}
	let descriptor = apply(mapGet, nodes, [node]);
	if (descriptor === undefined) {
		descriptor = create(methods);
		apply(mapSet, nodes, [node, descriptor]);
		apply(weakSet, records, [descriptor, { page, node, state: undefined }]);
		native.seen(page, node);
	}
	return descriptor;
};

// ---- What C calls
realm.call0 = (fn) => give(fn());
realm.call1 = (fn, x) => give(fn(x));
realm.call2 = (fn, x, y) => give(fn(x, y));
realm.call3 = (fn, x, y, z) => give(fn(x, y, z));
realm.call = (fn, ...args) => give(apply(fn, undefined, args));
realm.exports = (key) => give(run(key));
realm.handle = (fn, event, page, node, owner) => {
	const given = isObject(event) ? event : {};
	given.instance = descriptorOf(page, node);
	return fn(given, descriptorOf(page, owner)) === false;
};
realm.changed = (fn, next, before, page, node, owner) => {
	fn(next, before, descriptorOf(page, owner), descriptorOf(page, node));
};
realm.fire = (id, now) => {
	const { fn, args } = apply(mapGet, wishes, [id]);
	apply(mapDelete, wishes, [id]);
	apply(fn, undefined, args === undefined ? [now] : args);
};
realm.unwish = (id) => { apply(mapDelete, wishes, [id]); };
realm.undefine = (key) => { apply(mapDelete, modules, [key]); };
realm.forget = (page, node) => {
	const nodes = apply(mapGet, pages, [page]);
	if (nodes !== undefined && node !== 0) {
		apply(mapDelete, nodes, [node]);
	} else {
		apply(mapDelete, pages, [page]);
	}
};
realm.describe = (thrown) => {
	const get = (name, type) => {
		try {
			const value = thrown[name];
			return typeof value === type ? value : undefined;
		} catch (e) {
			return undefined;
		}
	};
	if (!isObject(thrown)) {
		return { message: typeof thrown === 'symbol' ? 'a symbol' : StringOf(thrown) };
	}
	if (!(thrown instanceof ErrorOf)) {
		return { message: typeof thrown === 'function' ? '[function Function]' : 'an object was thrown', plain: true };
	}
	const name = get('name', 'string'), message = get('message', 'string');
	return { message: name && message ? name + ': ' + message : name || message || 'Error', stack: get('stack', 'string'),
		url: get('sourceURL', 'string'), line: get('line', 'number'), syntax: thrown === uncompiled };
};
})

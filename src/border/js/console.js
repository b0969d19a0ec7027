// console, and how it shows things: as developer tools do, bounded in depth, width and length, and
// never running a getter of the program.
(function (native, realm) {
'use strict';
const { getOwnPropertyDescriptor, getPrototypeOf, keys, getOwnPropertySymbols, defineProperty } = Object;
const { apply, ownKeys } = Reflect;
const { isArray } = Array;
const { floor } = Math;
const { stringify } = JSON;
const SetOf = Set, MapOf = Map, ErrorOf = Error, RegExpOf = RegExp, DateOf = Date, PromiseOf = Promise;
const WeakMapOf = WeakMap, WeakSetOf = WeakSet, StringOf = String, NumberOf = Number;
const { isView } = ArrayBuffer, BufferOf = ArrayBuffer;
const setForEach = Set.prototype.forEach, mapForEach = Map.prototype.forEach;
const regexpText = RegExp.prototype.toString, isoText = Date.prototype.toISOString;
const dateValue = Date.prototype.getTime, functionText = Function.prototype.toString;
const sizeOfMap = getOwnPropertyDescriptor(Map.prototype, 'size').get;
const sizeOfSet = getOwnPropertyDescriptor(Set.prototype, 'size').get;

const setHas = WeakSet.prototype.has, setAdd = WeakSet.prototype.add;
const shownGetters = new WeakSetOf(); // exports of modules: they only read a variable
realm.showGetter = (getter) => { apply(setAdd, shownGetters, [getter]); };

const DEPTH = 4, ITEMS = 100, LENGTH = 100000, LINE = 76;

const is = (method, x) => {
	try {
		apply(method, x, []);
		return true;
	} catch (e) {
		return false;
	}
};

const constructorName = (object) => {
	for (let p = object, i = 0; p !== null && i < 20; p = getPrototypeOf(p), i++) {
		const row = getOwnPropertyDescriptor(p, 'constructor');
		if (row !== undefined && typeof row.value === 'function') {
			const name = getOwnPropertyDescriptor(row.value, 'name');
			if (name !== undefined && typeof name.value === 'string' && name.value !== '') {
				return name.value;
			}
		}
	}
	return null;
};

const quote = (text) => text.includes("'") ? stringify(text) : "'" + stringify(text).slice(1, -1).replace(/\\"/g, '"') + "'";
const keyText = (key) => typeof key === 'symbol' ? '[' + StringOf(key) + ']' :
	/^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);

// The state of one text: `path` are the objects around, `left` how many characters may still come.
const member = (object, key, state, depth) => {
	const row = getOwnPropertyDescriptor(object, key);
	if (row === undefined) {
		return 'undefined';
	}
	if (row.get !== undefined && apply(setHas, shownGetters, [row.get])) {
		return show(row.get(), state, depth + 1);
	}
	if (row.get !== undefined || row.set !== undefined) {
		return row.get === undefined ? '[Setter]' : row.set === undefined ? '[Getter]' : '[Getter/Setter]';
	}
	return show(row.value, state, depth + 1);
};

const join = (head, open, items, close, depth) => {
	if (items.length === 0) {
		return head + open + close;
	}
	let length = head.length, lines = false;
	for (const item of items) {
		length += item.length + 2;
		lines = lines || item.includes('\n');
	}
	if (!lines && length + depth * 2 <= LINE) {
		const space = open === '[' ? '' : ' ';
		return head + open + space + items.join(', ') + space + close;
	}
	const pad = '  '.repeat(depth + 1);
	return head + open + '\n' + pad + items.join(',\n' + pad) + '\n' + '  '.repeat(depth) + close;
};

const properties = (object, state, depth, items, skip) => {
	let shown = 0;
	const list = keys(object);
	for (const key of list) {
		if (skip !== undefined && skip(key)) {
			continue;
		}
		if (shown++ === ITEMS || state.left < 0) {
			items.push('... more');
			return;
		}
		const text = keyText(key) + ': ' + member(object, key, state, depth);
		state.left -= text.length;
		items.push(text);
	}
	for (const key of getOwnPropertySymbols(object)) {
		if (getOwnPropertyDescriptor(object, key).enumerable && items.length < ITEMS) {
			items.push(keyText(key) + ': ' + member(object, key, state, depth));
		}
	}
};

const isIndex = (key) => /^\d+$/.test(key);

const showArray = (array, name, state, depth) => {
	const items = [];
	const length = array.length;
	let holes = 0;
	for (let i = 0; i < length && items.length < ITEMS && state.left >= 0; i++) {
		if (getOwnPropertyDescriptor(array, i) === undefined) {
			holes++;
			if (i + 1 < length && i < 100000 && getOwnPropertyDescriptor(array, i + 1) === undefined) {
				continue;
			}
			items.push(holes === 1 ? '<1 empty item>' : `<${holes} empty items>`);
			holes = 0;
			continue;
		}
		const text = member(array, i, state, depth);
		state.left -= text.length;
		items.push(text);
	}
	if (length > items.length && items.length >= ITEMS) {
		items.push(`... ${length - items.length} more items`);
	}
	properties(array, state, depth, items, isIndex);
	return join(name === 'Array' ? '' : `${name}(${length}) `, '[', items, ']', depth);
};

const showError = (error, state, depth) => {
	const value = (key) => {
		for (let p = error, i = 0; p !== null && i < 20; p = getPrototypeOf(p), i++) {
			const row = getOwnPropertyDescriptor(p, key);
			if (row !== undefined) {
				return typeof row.value === 'string' ? row.value : '';
			}
		}
		return '';
	};
	const name = value('name') || 'Error', message = value('message');
	let text = message ? name + ': ' + message : name;
	const stack = native.frames(value('stack'));
	text += stack === '' ? '' : '\n' + stack;
	const items = [];
	properties(error, state, depth, items,
		(key) => key === 'line' || key === 'column' || key === 'sourceURL' || key === 'stack' || key === 'message');
	return items.length > 0 ? join(text + ' ', '{', items, '}', depth) : text;
};

const showCollection = (object, state, depth) => {
	const items = [];
	const isMap = is(sizeOfMap, object);
	apply(isMap ? mapForEach : setForEach, object, [(value, key) => {
		if (items.length < ITEMS && state.left >= 0) {
			const text = (isMap ? show(key, state, depth + 1) + ' => ' : '') + show(value, state, depth + 1);
			state.left -= text.length;
			items.push(text);
		}
	}]);
	const size = apply(isMap ? sizeOfMap : sizeOfSet, object, []);
	if (size > items.length) {
		items.push(`... ${size - items.length} more items`);
	}
	properties(object, state, depth, items);
	return join(`${isMap ? 'Map' : 'Set'}(${size}) `, '{', items, '}', depth);
};

const showFunction = (object, state, depth) => {
	const row = getOwnPropertyDescriptor(object, 'name');
	const name = row !== undefined && typeof row.value === 'string' ? row.value : '';
	const source = apply(functionText, object, []);
	const isClass = source.startsWith('class');
	const head = isClass ? `[class ${name || '(anonymous)'}]` :
		name ? `[Function: ${name}]` : '[Function (anonymous)]';
	const items = [];
	properties(object, state, depth, items);
	return items.length > 0 ? join(head + ' ', '{', items, '}', depth) : head;
};

const showObject = (object, state, depth) => {
	const name = constructorName(object);
	if (typeof object === 'function') {
		return showFunction(object, state, depth);
	}
	if (object instanceof ErrorOf) {
		return showError(object, state, depth);
	}
	if (is(dateValue, object)) {
		const time = apply(dateValue, object, []);
		return time === time ? apply(isoText, object, []) : 'Invalid Date';
	}
	if (object instanceof RegExpOf) {
		return apply(regexpText, object, []);
	}
	if (depth > DEPTH) {
		return isArray(object) ? '[Array]' : `[${name || 'Object'}]`;
	}
	if (isArray(object)) {
		return showArray(object, name || 'Array', state, depth);
	}
	if (isView(object) && typeof object.length === 'number') {
		return showArray(object, name || 'TypedArray', state, depth);
	}
	if (is(sizeOfMap, object) || is(sizeOfSet, object)) {
		return showCollection(object, state, depth);
	}
	let head = name === 'Object' ? '' : name === null ? '[Object: null prototype] ' : name + ' ';
	const items = [];
	if (object instanceof BufferOf) {
		items.push('byteLength: ' + object.byteLength);
	} else if (object instanceof StringOf || object instanceof NumberOf || object instanceof Boolean) {
		head = `[${name}: ${show(object.valueOf(), state, depth)}] `;
	} else if (object instanceof WeakMapOf || object instanceof WeakSetOf) {
		items.push('<items unknown>');
	}
	properties(object, state, depth, items, object instanceof StringOf ? isIndex : undefined);
	if (items.length === 0 && head.startsWith('[') && name !== null) {
		return head.trim();
	}
	return join(head, '{', items, '}', depth);
};

const show = (value, state, depth) => {
	switch (typeof value) {
	case 'string':
		return depth === 0 && state.bare ? value : quote(value.length > 10000 ? value.slice(0, 10000) + '...' : value);
	case 'number':
		return value === 0 && 1 / value < 0 ? '-0' : '' + value;
	case 'bigint':
		return value + 'n';
	case 'object':
	case 'function':
		break;
	default:
		return StringOf(value); // undefined, boolean, symbol
	}
	if (value === null) {
		return 'null';
	}
	if (state.path.includes(value)) {
		return '[Circular]';
	}
	if (state.left < 0) {
		return '...';
	}
	state.path.push(value);
	let text;
	try {
		text = showObject(value, state, depth);
	} catch (e) {
		text = '[object]'; // a revoked proxy, or a trap that throws
	}
	state.path.pop();
	return text;
};

realm.inspect = (value) => show(value, { path: [], left: LENGTH, bare: false }, 0);

// %s %d %i %f %o %O %c %% in the first argument, as developer tools take them.
const format = (args) => {
	const state = { path: [], left: LENGTH, bare: true };
	let text = '', next = 0;
	if (typeof args[0] === 'string' && args.length > 1 && args[0].includes('%')) {
		next = 1;
		text = args[0].replace(/%([sdifoOc%])/g, (all, kind) => {
			if (kind === '%') {
				return '%';
			}
			if (next >= args.length) {
				return all;
			}
			const value = args[next++];
			switch (kind) {
			case 's':
				return typeof value === 'object' ? realm.inspect(value) : StringOf(value);
			case 'd':
			case 'i':
				return typeof value === 'symbol' || typeof value === 'object' ? 'NaN' :
					'' + (kind === 'i' ? parseInt(value, 10) : NumberOf(value));
			case 'f':
				return typeof value === 'symbol' ? 'NaN' : '' + parseFloat(value);
			case 'c':
				return '';
			default:
				return realm.inspect(value);
			}
		});
		text += next < args.length ? ' ' : '';
	}
	for (let i = next; i < args.length; i++) {
		text += (i > next ? ' ' : '') + show(args[i], state, 0);
	}
	return text;
};

// ---- The console itself; levels as enum js_console_level
const LOG = 0, INFO = 1, WARN = 2, ERROR = 3, DEBUG = 4;
let indent = '';
const print = (level, text, args) => {
	native.print(level, indent === '' ? text : indent + text.split('\n').join('\n' + indent),
		native.values ? realm.plain(args, -1) : undefined);
};
const say = (level, args) => print(level, format(args), args);
const counts = new MapOf(), times = new MapOf();
const label = (x) => x === undefined ? 'default' : StringOf(x);
const took = (name) => {
	const ms = native.monotonic() - times.get(name);
	return `${name}: ${floor(ms * 1000) / 1000} ms`;
};

const table = (data, only) => {
	if (typeof data !== 'object' || data === null) {
		return realm.inspect(data);
	}
	const columns = [], rows = [];
	let values = false;
	const cell = (object, key) => member(object, key, { path: [], left: 200, bare: false }, DEPTH);
	for (const key of keys(data).slice(0, ITEMS)) {
		const row = getOwnPropertyDescriptor(data, key).value;
		const line = new MapOf();
		if (typeof row === 'object' && row !== null) {
			for (const name of isArray(only) ? only : keys(row)) {
				if (!columns.includes(name)) {
					columns.push(name);
				}
				line.set(name, cell(row, name));
			}
		} else {
			values = true;
			line.set(LOG, cell(data, key));
		}
		rows.push([key, line]);
	}
	const lines = [['(index)', ...columns, ...(values ? ['Values'] : [])]];
	for (const [key, line] of rows) {
		lines.push([key, ...columns.map((name) => line.get(name) || ''), ...(values ? [line.get(LOG) || ''] : [])]);
	}
	const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
	return lines.map((line) => line.map((text, i) => text.padEnd(widths[i])).join(' | ').trimEnd()).join('\n');
};

const console = {
	log(...args) { say(LOG, args); },
	info(...args) { say(INFO, args); },
	warn(...args) { say(WARN, args); },
	error(...args) { say(ERROR, args); },
	debug(...args) { say(DEBUG, args); },
	trace(...args) {
		const stack = native.frames(new ErrorOf().stack);
		print(LOG, 'Trace' + (args.length > 0 ? ': ' + format(args) : '') + (stack ? '\n' + stack : ''), args);
	},
	dir(value) { say(LOG, [value]); },
	dirxml(...args) { say(LOG, args); },
	assert(condition, ...args) {
		if (!condition) {
			print(ERROR, 'Assertion failed' + (args.length > 0 ? ': ' + format(args) : ''), args);
		}
	},
	group(...args) {
		if (args.length > 0) {
			say(LOG, args);
		}
		indent = indent.length < 40 ? indent + '  ' : indent;
	},
	groupCollapsed(...args) { console.group(...args); },
	groupEnd() { indent = indent.slice(2); },
	table(data, columns) { print(LOG, table(data, columns), [data]); },
	time(name) { times.set(label(name), native.monotonic()); },
	timeLog(name, ...args) {
		if (times.has(label(name))) {
			print(LOG, took(label(name)) + (args.length > 0 ? ' ' + format(args) : ''), args);
		}
	},
	timeEnd(name) {
		if (times.has(label(name))) {
			print(LOG, took(label(name)), []);
			times.delete(label(name));
		}
	},
	count(name) {
		counts.set(label(name), (counts.get(label(name)) || 0) + 1);
		print(LOG, `${label(name)}: ${counts.get(label(name))}`, []);
	},
	countReset(name) { counts.delete(label(name)); },
	clear() {},
};
defineProperty(globalThis, 'console', { value: console, writable: true, enumerable: false, configurable: true });

// What was logged as plain data, for those who want more than text (config.console_values).
realm.plain = (value, depth) => {
	switch (typeof value) {
	case 'undefined':
		return null;
	case 'object':
		break;
	case 'function':
	case 'symbol':
	case 'bigint':
		return realm.inspect(value);
	default:
		return value;
	}
	if (value === null || depth > DEPTH) {
		return value === null ? null : realm.inspect(value);
	}
	if (isArray(value)) {
		const copy = [];
		for (let i = 0; i < value.length && i < 1000; i++) {
			copy[i] = realm.plain(value[i], depth + 1);
		}
		return copy;
	}
	const proto = getPrototypeOf(value);
	if (proto !== null && proto !== Object.prototype) {
		return realm.inspect(value);
	}
	const copy = {};
	for (const key of keys(value)) {
		const row = getOwnPropertyDescriptor(value, key);
		if (row.get === undefined) {
			copy[key] = realm.plain(row.value, depth + 1);
		}
	}
	return copy;
};
})

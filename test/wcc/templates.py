"""Templates and data from a seed, as the official compiler takes them: every case is {"files": {path: text}, "main": path, "data": [...]}.
What is left out, and why, stands in docs/decisions.md under Templates."""
import random

NAMES = ["a", "b", "c", "num", "zero", "str", "text", "yes", "no", "nil", "list", "rows", "obj", "deep", "$v", "_w", "missing", "aB1"]
ODD = ["item", "index", "this", "new", "in", "class", "trueish", "nullable", "undefinedX", "NaN", "Infinity", "void0", "null_", "is"]
BIG = [1e21, 123456789012345680000, 1e-7, 5e-324, 1.7976931348623157e308, 4294967297, -2147483649, 0.30000000000000004, 1e20, 123456.789]
FIELDS = ["x", "y", "z", "k1", "length", "if", "a", "list", "name", "_p"]
OWN = ["constructor", "toString", "__proto__", "prototype", "caller", "valueOf", "in", "typeof", "class", "default"]
STRINGS = ["", "a", "abc", "0", "1", "12", " ", " a b ", "中文", "true", "null", "1.5", "a.b", "x-y", "é", "line\nx", "NaN", "-3", "[object Object]"]
NUMBERS = [0, 1, 2, 3, 5, 7, 12, -1, -3, 0.5, 1.5, -0.25, 0.1, 10]
LISTS = ["list", "rows", "obj", "deep", "str", "num", "nil", "missing", "text", "a", "yes"]
BINARY = {
    "||": 2, "&&": 3, "|": 4, "^": 5, "&": 6, "==": 7, "!=": 7, "===": 7, "!==": 7, "<": 8, ">": 8, "<=": 8, ">=": 8, "<<": 9, ">>": 9,
    "+": 10, "-": 10, "*": 11, "/": 11, "%": 11,
}
COMMON = ["+", "+", "-", "*", "&&", "||", "==", "===", "!=", ">", "<"]
UNARY, PRIMARY = 12, 14


class Templates:
    def __init__(self, seed, case):
        self.random = random.Random(f"{seed}/{case}")
        self.folder = f"t{case}"
        self.loops = 0      # around what is being written
        self.scope = []     # names that loops gave
        self.known = []     # templates that may be used here
        self.quote = None   # of the attribute around
        self.bounded = False  # what a loop may come to count to is being written

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def pick(self, *of):
        return self.random.choice(of[0] if len(of) == 1 else of)

    # --- data ---

    def scalar(self):
        kind = self.random.random()
        if kind < 0.35:
            return self.pick(NUMBERS)
        return self.pick(STRINGS) if kind < 0.75 else self.pick(True, False, None)

    def value(self, depth):
        kind = self.random.random()
        if depth == 0 or kind < 0.45:
            return self.scalar()
        if kind < 0.7:
            return [self.value(depth - 1) for _ in range(self.random.randrange(4))]
        return self.object(depth - 1)

    def object(self, depth):
        found = {key: self.value(depth) for key in self.random.sample(FIELDS, self.random.randrange(4))}
        if self.chance(5):  # whole numbers come first in every object of a script
            found = {"0": self.value(depth), "7": 1, **found}
        return found

    def data(self):
        usual = {
            "num": lambda: self.pick(NUMBERS), "zero": lambda: 0, "str": lambda: self.pick(STRINGS), "text": lambda: self.pick(STRINGS),
            "yes": lambda: True, "no": lambda: False, "nil": lambda: None, "obj": lambda: self.object(2), "deep": lambda: self.object(3),
            "list": lambda: [self.scalar() for _ in range(self.random.randrange(4))],
            "rows": lambda: [self.object(1) for _ in range(self.random.randrange(4))],
        }
        found = {name: self.value(2) if name not in usual or self.chance(12) else usual[name]()
                 for name in NAMES if name != "missing" and not self.chance(8)}
        found |= {name: self.scalar() for name in ODD if self.chance(40)}
        found["big"] = self.pick(BIG)
        found["whole"] = self.object(2)
        return found

    # --- expressions: (text, precedence) ---

    def name(self):
        if self.scope and self.chance(45):
            return self.pick(self.scope)
        if self.chance(4):
            return self.pick(ODD)
        return "big" if self.chance(3) and not self.bounded else self.pick(NAMES)

    def string(self):
        inside = self.pick(STRINGS + ["x", "{", "}", "}}", ": ", "?", "/", "(", "#", ">", "px", "//", "/*", "<", "a=b", ";"])
        if self.quote:
            inside = inside.replace("\n", " ")
        elif self.chance(5):
            inside += self.pick("\\n", "\\t")
        quote = {'"': "'", "'": '"', None: self.pick("'", '"')}[self.quote]
        return quote + inside.replace("\n", "\\n") + quote

    def number(self):
        return self.pick(["0", "1", "2", "3", "10", "1.5", ".5", "5.", "0.25", "100", "7"])

    def literal(self):
        kind = self.random.random()
        if kind < 0.4:
            return self.number(), PRIMARY
        if kind < 0.8:
            return self.string(), PRIMARY
        return self.pick("true", "false", "null", "undefined"), PRIMARY

    def inside(self, node, least):
        text, precedence = node
        return f"({text})" if precedence < least or self.chance(4) else text

    def gap(self):
        kind = self.random.random()
        if kind < 0.45:
            return ""
        if kind > 0.995:
            return self.pick("/* c */", "/**/", " /* ) */ ")
        return " " if kind < 0.93 or self.quote else self.pick("\n", "\t", "  ")

    def path(self, depth):
        text = self.array(1) if self.chance(2) else self.name()
        for _ in range(self.random.choice([1, 1, 1, 2, 2, 3])):
            kind = self.random.random()
            if kind < 0.55:
                text += self.pick("", "", "", " ") + "." + self.pick("", "", "", " ") + self.pick(FIELDS if self.chance(94) else OWN)
            elif kind < 0.7:
                text += f"[{self.pick('0', '1', '2', '-1', '0.5')}]"
            elif kind < 0.8:
                text += f"[{self.string()}]"
            else:
                text += f"[{self.gap()}{self.expression(depth - 1)[0]}{self.gap()}]"
        return text

    def binary(self, depth):
        op = self.pick(COMMON) if self.chance(75) else self.pick(sorted(BINARY))
        level = BINARY[op]
        left, right = self.inside(self.expression(depth - 1), level), self.inside(self.expression(depth - 1), level + 1)
        return f"{left}{self.gap()}{op}{self.gap()}{right}", level

    def array(self, depth):
        items = [self.expression(depth - 1)[0] for _ in range(self.random.randrange(4))]
        return f"[{self.gap()}{(self.gap() + ',' + self.gap()).join(items)}]"

    def field(self, depth):
        kind = self.random.random()
        if kind < 0.2:
            return self.name() if self.chance(93) else "class: 1, in: 2"
        if kind < 0.35:
            return "..." + self.pick("obj", "deep", "nil", "missing", "a", "list")
        return f"{self.pick(FIELDS)}{self.gap()}:{self.gap()}{self.expression(depth - 1)[0]}"

    def fields(self, depth):
        return f"{self.gap()},{self.gap()}".join(self.field(depth) for _ in range(self.random.randrange(1, 4)))

    def object_literal(self, depth):
        fields = self.fields(depth)
        if fields.startswith("...") and "," not in fields:
            fields = "x: 1, " + fields  # alone it is what it spreads, not a copy
        return "{ " + fields + " }"

    def expression(self, depth):
        kind = self.random.random()
        if depth <= 0 or kind < 0.2:
            return (self.name(), PRIMARY) if self.chance(65) else self.literal()
        if kind < 0.4:
            return self.path(depth), PRIMARY
        if kind < 0.65:
            return self.binary(depth)
        if kind < 0.75:
            op = self.pick("!", "!", "!", "-", "-", "~")
            of = self.inside(self.expression(depth - 1), UNARY)
            of = f"({of})" if op == "-" and of[0] in "!~" else of
            return op + self.pick("", "", " ") + of, UNARY
        if kind < 0.87:
            condition = self.inside(self.expression(depth - 1), 2)
            yes, no = self.expression(depth - 1)[0], self.expression(depth - 1)[0]
            return f"{condition}{self.gap()}?{self.gap()}{yes}{self.gap()}:{self.gap()}{no}", 1
        if kind < 0.92:
            return self.array(depth), PRIMARY
        if kind < 0.96:
            return self.object_literal(depth), PRIMARY
        if kind < 0.97:
            return f"{self.name()}.{self.pick(FIELDS[:4])}({self.expression(0)[0]})", PRIMARY
        return self.literal()

    def binding(self, depth=3):
        text = self.expression(self.random.randrange(depth + 1))[0]
        before = " " if text.startswith("{") or self.chance(30) else ""
        behind = " " if text.endswith("}") or self.chance(30) else ""
        return "{{" + before + text + behind + "}}"

    # --- attributes ---

    def plain(self):
        return self.pick(["", "a", "b c", "x-y", "10rpx", "中文", "1", "false", "{a}", "a: b;", "&lt;", "&amp;x", "}}", "\\n", "a\\tb", "é😀", "&", "q=1&p=2"])

    def attribute_value(self, whole=45):
        self.quote = self.pick('"', '"', '"', "'")
        kind = self.random.random() * 100
        if kind < whole:
            text = self.binding() if self.chance(98) else self.pick("{{}}", "{{ }}")
        elif kind < whole + 12:
            text = self.pick(" ", "", "  ") + self.binding(2) + self.pick(" ", "", "  ")
        elif kind < whole + 35:
            text = "".join(self.plain() if self.chance(50) else self.binding(2) for _ in range(self.random.randrange(2, 5)))
        else:
            text = self.plain()
        quoted = self.quote + text + self.quote
        self.quote = None
        return quoted

    def attribute(self, name, **how):
        if name.startswith(("data-", "hidden", "aa", "mark:")) and self.chance(12):
            return name
        equals = "=" if self.chance(95) else self.pick(" = ", " =", "= ")
        return name + equals + self.attribute_value(**how)

    def event(self):
        return self.pick("bindtap", "bind:tap", "catchtap", "catch:touchstart", "capture-bind:tap", "capture-catch:tap", "mut-bind:tap", "bind:custom-event")

    def attributes(self):
        pool = ["class", "style", "id", "hidden", "aa", "value", "src", "data-a", "data-long-name", "data-aB", "data-a-b-c", "data-x1-2y", "data--z", "data-CC",
                "mark:m", "mark:a-b", "slot", "camelCase", "aria-label", "a:b",
                "dash-ed", "_u", "event", "bind:other"]
        names = self.random.sample(pool, self.random.choice([0, 0, 1, 1, 2, 3, 4]))
        found = [self.attribute(self.event() if name == "event" else name) for name in names]
        if found and self.chance(1):
            found.append(found[0].split("=")[0].strip() + '="again"')
        return found

    # --- content ---

    def space(self):
        return self.pick(["", "", "", " ", "\n", "\n\t", "  "])

    def comment(self):
        return self.pick("<!-- c -->", "<!---->", "<!-- <view> -->", "<!--{{a}}-->") if self.chance(4) else ""

    def text(self):
        pieces = []
        for _ in range(self.random.randrange(1, 5)):
            if self.chance(55):
                pieces.append(self.binding())
            else:
                pieces.append(self.pick(["a", "b c", " ", "\n", "中文", "\\n", "\\t", "x\\ny", "&lt;", "&nbsp;", "&amp;", "&", "'", '"', "{ a", "}", "> ", "}}", "é", "😀", "1",
                                         " d ", "\n  e\n", "/", "\\\\n", "\u3000", "\u00a0", "{ }", "{ {x} }", "; //", "*/", "->", "%"]))
        return "".join(pieces)

    def loop_list(self):
        self.quote = '"'
        self.bounded = True
        kind = self.random.random()
        if kind < 0.55:
            text = "{{" + (self.pick(self.scope) if self.scope and self.chance(40) else self.pick(LISTS)) + self.pick("", "", "." + self.pick(FIELDS)) + "}}"
        elif kind < 0.7:
            text = "{{" + self.array(2) + "}}"
        elif kind < 0.75:
            text = "{{ " + self.object_literal(1).replace("...", "_w: ") + " }}"
        elif kind < 0.83:
            text = "{{" + self.pick("0", "1", "3", "2.5", "-1", "'ab'", "''", "true", "null", "undefined") + "}}"
        elif kind < 0.9:
            text = "{{" + f"{self.pick(LISTS)} {self.pick('||', '&&')} {self.pick(LISTS)}" + "}}"
        elif kind < 0.94:
            text = "{{" + f"{self.name()} ? {self.pick(LISTS)} : {self.pick(LISTS)}" + "}}"
        else:
            text = self.pick("", "ab", "a{{str}}", "{{str}} ", " {{text}}")
        self.bounded = False
        self.quote = None
        return f'"{text}"'

    def loop(self):
        """Attributes of a loop, and the names that it gives."""
        item, index = "item", "index"
        found = [f"{'wx:for' if self.chance(95) else 'wx:for-items'}={self.loop_list()}"]
        if self.chance(30):
            item = self.pick("it", "row", "a", "x1", "num")
            found.append(f'wx:for-item="{item}"')
        if self.chance(30):
            index = self.pick("i", "idx", "b", "k", item)
            found.append(f'wx:for-index="{index}"')
        if self.chance(50):
            found.append(f'wx:key="{self.pick("*this", "x", "name", "index")}"')
        return found, [item, index]

    def condition(self):
        return self.attribute_value(whole=88)

    def content(self, depth):
        return "".join(self.comment() + self.space() + self.part(depth) for _ in range(self.random.choice([0, 1, 1, 2, 3]))) + self.space()

    def part(self, depth):
        kind = self.random.random()
        if depth <= 0 or kind < 0.3:
            return self.text()
        if kind < 0.58:
            return self.element(depth, [])
        if kind < 0.72:
            return self.chain(depth)
        if kind < 0.88 and self.loops < 2:
            return self.looped(depth)
        if kind < 0.96 and self.known:
            return self.use([])
        return self.element(depth, [])

    def element(self, depth, control):
        tag = self.pick(["view", "view", "text", "image", "button", "my-comp", "a_b", "View", "slot", "block", "block"])
        attributes = list(control)
        if tag not in ("block", "slot"):
            attributes += self.attributes()
        elif tag == "slot" and self.chance(50):
            attributes.append(self.attribute("name"))
        self.random.shuffle(attributes)
        between = " " if self.chance(93) else "\n\t"
        head = "<" + between.join([tag, *attributes])
        if self.chance(20):
            return head + self.pick("/>", " />")
        return f"{head}{self.pick('', '', '', ' ')}>{self.content(depth - 1)}</{tag}{self.pick('', '', '', '', ' ')}>"

    def controlled(self, depth, control):
        if self.known and self.chance(12):
            return self.use(control)
        return self.element(depth, control)

    def chain(self, depth):
        found = self.controlled(depth, [f"wx:if={self.condition()}"])
        for _ in range(self.random.choice([0, 0, 1, 2])):
            found += self.comment() + self.space() + self.controlled(depth, [f"wx:elif={self.condition()}"])
        if self.chance(50):
            found += self.space() + self.controlled(depth, [self.pick("wx:else", "wx:else", 'wx:else=""')])
        return found

    def looped(self, depth):
        control, names = self.loop()
        self.loops += 1
        self.scope += names
        if self.chance(20):
            control.append(f"wx:if={self.condition()}")
        found = self.controlled(depth, control)
        del self.scope[-2:]
        self.loops -= 1
        return found

    # --- files ---

    def use(self, control):
        self.quote = '"'
        name = self.pick(self.known)
        if self.chance(12):
            name = "{{" + f"{self.name()} ? '{name}' : '{self.pick(self.known)}'" + "}}"
        elif self.chance(3):
            name = "nowhere"
        attributes = [f'is="{name}"', *control]
        kind = self.random.random()
        if kind < 0.8:
            self.bounded = True
            fields = self.fields(2)
            self.bounded = False
            if fields.startswith("...") and "," not in fields:
                fields = "...whole"
            attributes.append(f'data="{{{{{self.pick("", " ")}{fields}{" " if fields.endswith("}") else self.pick("", " ")}}}}}"')
        self.quote = None
        self.random.shuffle(attributes)
        return f"<template {' '.join(attributes)}{self.pick('/>', ' />', '></template>')}"

    def template(self, name, usable):
        loops, scope, known = self.loops, self.scope, self.known
        self.loops, self.scope, self.known = 1, [], usable
        found = f'<template name="{name}">{self.content(2)}</template>'
        self.loops, self.scope, self.known = loops, scope, known
        return found

    def case(self):
        files, head, here = {}, "", []
        folder = self.folder
        if self.chance(20):  # templates that are imported, under names of which some are here as well
            files[f"{folder}/b.wxml"] = self.template("t1", []) + self.text() + self.template("t2", ["t1"])
            head += f'<import src="{self.pick("b", "b.wxml", "./b.wxml", f"/{folder}/b.wxml", f"../{folder}/b")}"{self.pick("/>", "></import>")}'
            here += ["t1", "t2"]
        if self.chance(10):
            files[f"{folder}/in/d.wxml"] = self.template("t2", []) + self.template("t4", [])
            head += self.space() + '<import src="in/d.wxml"/>'
            here += ["t2", "t4"]
        if self.chance(30):
            head += self.space() + self.template("t2", here[:1] if here and here[0] == "t1" else [])
            here.append("t2")
        if self.chance(20):
            head += self.template("t3", [name for name in here if name != "t2"][:2])
            here.append("t3")
        self.known = sorted(set(here))
        tail = ""
        if self.chance(15):
            known, self.known = self.known, []
            files[f"{folder}/c.wxml"] = self.content(2) + (self.template("t5", []) if self.chance(30) else "")
            self.known = known
            source = self.pick("c", "c.wxml", "./c.wxml", f"/{folder}/c.wxml")
            include = f'<include src="{source}"{self.pick("/>", "></include>")}'
            if self.chance(30):
                control, _ = self.loop()
                include = f'<include src="{source}" {" ".join(control)}/>'
            elif self.chance(30):
                include = f'<view wx:for="{{{{list}}}}">{include}</view>'
            tail = self.space() + include
        if self.chance(8):  # what an included file imports, defines and includes
            files[f"{folder}/in/e.wxml"] = '<import src="../f"/>' + self.template("t6", []) + '<template is="t6"/><template is="t7"/><include src="g"/>' + self.content(1)
            files[f"{folder}/f.wxml"] = self.template("t7", []) + self.text()
            files[f"{folder}/in/g.wxml"] = self.content(1)
            tail += '<include src="in/e"/>' + self.space()
            if self.chance(30):
                tail += f'<template is="{self.pick("t6", "t7")}"/>'
        files[f"{folder}/a.wxml"] = head + self.content(3) + self.part(3) + self.part(3) + tail + self.space()
        if self.chance(6):
            files = {name: text.replace("\n", "\r\n") for name, text in files.items()}
        return {"files": files, "main": f"{folder}/a.wxml", "data": [self.data() for _ in range(3)]}

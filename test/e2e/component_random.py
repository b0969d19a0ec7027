"""Random programs of custom components: what they are made of, and what is done to them, follows from a seed."""
import random

STRINGS = ["x", "y", "z", ""]


class Maker:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.count = self.dice.randint(3, 5)
        self.names = [f"c{i}" for i in range(self.count)]
        self.multiple = [self.dice.random() < 0.3 for _ in self.names]
        self.numbers = 0

    def one(self, *choices):
        return self.dice.choice(choices)

    def number(self, names):
        n = self.one(*names)
        return self.one(n, n, f"{n} + 1", f"{n} * 2", f"{n} % 3", "7")

    def test(self, names):
        return self.one(f"{self.one(*names)} % 2 === 0", f"{self.one(*names)} > 1", f"{self.one(*names)} % 3", "on")

    def host(self, below, names, at, depth, slot):
        """A component's element, with something for its slots."""
        which = self.one(*below)
        i = int(which[1:])
        self.numbers += 1
        place = f"{at}.{self.numbers}"
        attrs = [f'at="{place}"', f'p="{{{{{self.number(names)}}}}}"']
        if self.dice.random() < 0.5:
            attrs.append(f'q="{self.one("{{s}}", "q{{s}}", "{{on}}", "fixed", "{{" + self.number(names) + "}}")}"')
        if self.dice.random() < 0.3:
            attrs.append('l="{{list}}"')
        content = self.nodes(below, names, at, depth - 1, self.multiple[i]) if depth > 0 and self.dice.random() < 0.6 else ""
        return f'<{which} {" ".join(attrs)}{slot}>{content}</{which}>'

    def node(self, below, names, at, depth, slotted):
        slot = f' slot="{self.one("", "n", "{{s}}", "{{s}}")}"' if slotted else ""
        kind = self.dice.random()
        if kind < 0.2 or depth <= 0:
            return f'<text{slot}>{self.one("t", "{{s}}", "{{" + self.number(names) + "}}")}</text>'
        if kind < 0.3:
            return f"<view{slot}>{self.nodes(below, names, at, depth - 1, False)}</view>"
        if kind < 0.45:
            inner = self.nodes(below, names, at, depth - 1, slotted)
            other = f'<block wx:else>{self.node(below, names, at, depth - 1, slotted)}</block>' if self.dice.random() < 0.5 else ""
            return f'<block wx:if="{{{{{self.test(names)}}}}}">{inner}</block>{other}'
        if kind < 0.6:
            keyed = self.dice.random() < 0.7
            rows = self.dice.random() < 0.5
            key = ('wx:key="id"' if rows else 'wx:key="*this"') if keyed else ""
            place = f"{at}.{'{{item.id}}' if rows and keyed else '{{item}}' if keyed else '{{index}}'}"
            more = [*names, "item.v"] if rows else names
            inner = self.node(below, more, place, depth - 1, slotted)
            return f'<block wx:for="{{{{{"rows" if rows else "list"}}}}}" {key}>{inner}</block>'
        return self.host(below, names, at, depth, slot) if below else f'<text{slot}>{{{{{self.number(names)}}}}}</text>'

    def nodes(self, below, names, at, depth, slotted):
        return "".join(self.node(below, names, at, depth, slotted) for _ in range(self.dice.randint(1, 2)))

    def component(self, i):
        below = self.names[i + 1:]
        template = self.nodes(below, ["p", "m"], "{{at}}", 1, False)
        slot = '<slot/><view><slot name="n"/></view><slot name="{{s}}"/>' if self.multiple[i] else self.one("<slot/>", "<view><slot/></view>", "")
        if slot and below and not self.multiple[i] and self.dice.random() < 0.2:
            inner = self.one(*below)
            self.numbers += 1
            slot = f'<{inner} at="{{{{at}}}}.{self.numbers}" p="{{{{m}}}}">{slot}</{inner}>'
        if self.dice.random() < 0.2 and not self.multiple[i]:
            slot = f'<block wx:if="{{{{{self.test(["p", "m"])}}}}}">{slot}</block>'
        watch = self.one("observers: { p(v) { once(this, 'p', v) } }", "observers: { 'p, m'(p, m) { once(this, 'p, m', [p, m]) } }",
                         "observers: { p(v) { if (v < 4 && v !== this.had) this.setData({ m: v + 1 }); this.had = v }, m(v) { once(this, 'm', v) } }", "observers: {}",
                         "lifetimes: { attached() { this.setData({ m: this.data.p }) } }", "observers: { 'l.**'(l) { if (show(l) !== this.had) this.setData({ list: l }); this.had = show(l) } }")
        options = f"options: {{ multipleSlots: {str(self.multiple[i]).lower()}, virtualHost: {self.one('true', 'false', 'false')} }}"
        script = (f"{options}, properties: {{ at: String, p: {{ type: Number, observer(v) {{ once(this, 'p is', v) }} }}, "
                  f"q: {{ type: {self.one('String', 'Number', 'null', 'Boolean')} }}, l: Array }}, "
                  f"data: {{ m: {self.dice.randint(0, 3)}, s: '{self.one('n', 'x', '')}', on: {self.one('true', 'false')}, "
                  f"list: {self.items()}, rows: {self.rows()} }}, {watch}")
        return f"{template}{slot}\n---\n{script}"

    def items(self):
        return str(self.dice.sample("abcdef", self.dice.randint(0, 4)))

    def rows(self):
        return "[" + ", ".join(f"{{ id: '{key}', v: {self.dice.randint(0, 4)} }}" for key in self.dice.sample("klmnop", self.dice.randint(0, 4))) + "]"

    def patch(self):
        made = []
        for kind in self.dice.sample(["a", "b", "s", "on", "list", "rows", "row"], self.dice.randint(1, 3)):
            if kind in "ab":
                made.append(f"{kind}: {self.dice.randint(0, 5)}")
            elif kind == "s":
                made.append(f"s: '{self.one('n', *STRINGS)}'")
            elif kind == "on":
                made.append(f"on: {self.one('true', 'false')}")
            elif kind == "row":
                made.append(f"...(this.data.rows[1] ? {{ 'rows[1].v': {self.dice.randint(0, 5)} }} : {{}})")
            else:
                made.append(f"{kind}: {self.items() if kind == 'list' else self.rows()}")
        if any(item.startswith("...") for item in made) and any(item.startswith("rows") for item in made):
            made = [item for item in made if not item.startswith("...")]
        return "{ " + ", ".join(made) + " }"

    def inner_patch(self):
        return self.one(f"{{ m: {self.dice.randint(0, 5)} }}", f"{{ s: '{self.one('n', *STRINGS)}' }}",
                        f"{{ list: {self.items()} }}", f"{{ on: {self.one('true', 'false')} }}", f"{{ rows: {self.rows()} }}")

    def step(self):
        if self.dice.random() < 0.6:
            return f"this.setData({self.patch()})"
        return f"{{ const one = some({self.dice.randint(0, 999)}); if (one) one.setData({self.inner_patch()}) }}"


def random_program(seed):
    """The sections of a program, as in component.dat."""
    maker = Maker(seed)
    sections = {name: maker.component(i) for i, name in enumerate(maker.names)}
    page = "".join(maker.node(maker.names, ["a", "b"], "r", 2, False) for _ in range(3))
    page += maker.host(maker.names, ["a", "b"], "r", 2, "")
    data = f"data: {{ a: 1, b: 2, s: 'x', on: true, list: {maker.items()}, rows: {maker.rows()} }}"
    sections["page"] = f"{page}\n---\n{data}"
    sections["steps"] = "\n".join(maker.step() for _ in range(maker.dice.randint(4, 10)))
    return sections

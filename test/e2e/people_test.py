"""World.*: people, groups and chats by commands, from two programs of one world."""
import base64
import json

from automator import Client, Failed, Server
from program import check, finish, mina, package, root, run


def same(name, found, wanted):
    check(name, found == wanted, f"found  {json.dumps(found, ensure_ascii=False)[:900]}\n     wanted {json.dumps(wanted, ensure_ascii=False)[:900]}")


def fails(name, words, make):
    try:
        check(name, False, f"it gave {make()}")
    except Failed as error:
        check(name, words in str(error), error)


def texts(client, **of):
    return [row.get("text") or row["card"]["title"] for row in client.call("World.getMessages", **of)["messages"]]


def people(client):
    names = [row["id"] for row in client.call("World.getPeople")["people"]]
    same("everybody", names, ["alice", "bob", "carol", "dave"])
    client.call("World.putPerson", id="erin", nickName="艾琳", language="en", device={"name": "iPhone X"})
    erin = client.call("World.getPeople")["people"][-1]
    same("somebody new is whole", (erin["id"], erin["nickName"], erin["gender"], erin["runs"], erin["device"]["name"]), ("erin", "艾琳", 0, False, "iPhone X"))
    fails("no id", "no id", lambda: client.call("World.putPerson", id="艾琳"))
    client.call("World.putPerson", id="alice", nickName="Alice L.", avatarUrl="https://a.b/a.png")
    alice = client.call("World.getPeople")["people"][0]
    same("changed, the rest stays", (alice["nickName"], alice["city"], alice["runs"]), ("Alice L.", "Guangzhou", True))
    client.call("World.putPerson", id="alice", language="en")
    same("their phone follows", client.wx("getSystemInfoSync")["language"], "en")
    client.call("World.putPerson", id="alice", language="zh_CN")


def groups(client):
    client.call("World.putGroup", name="新群", members=["alice", "erin"])
    group = client.call("World.getGroups")["groups"][-1]
    same("a new group", group, {"id": "group1", "name": "新群", "members": ["alice", "erin"]})
    client.call("World.putGroup", id="group1", members=["alice", "erin", "bob"])
    same("a member comes", client.call("World.getGroups")["groups"][-1]["members"], ["alice", "erin", "bob"])
    fails("nobody of that name", "nobody", lambda: client.call("World.putGroup", id="group1", members=["zoe"]))
    fails("twice", "twice", lambda: client.call("World.putGroup", id="group1", members=["bob", "bob"]))


def chats(client):
    before = len(client.events)
    client.call("World.say", person="erin", chat="group1", text="大家好")
    client.call("World.say", person="bob", chat="alice", text="hi")
    rows = {row["id"]: row for row in client.call("World.getChats", person="alice")["chats"]}
    same("the latest", (rows["group:group1"]["last"]["text"], rows["group:group1"]["count"], rows["single:alice,bob"]["last"]["text"]), ("大家好", 1, "hi"))
    fails("not a member", "no chat", lambda: client.call("World.say", person="dave", chat="group1", text="x"))
    first = client.call("World.getMessages", chat="group:group1")["messages"][0]
    client.call("World.forward", person="bob", message=first["id"], chat="family")
    same("sent on", texts(client, person="carol", chat="family")[-1], "大家好")
    fails("not theirs to see", "no such message", lambda: client.call("World.forward", person="dave", message=first["id"], chat="work"))
    client.call("World.deleteMessage", message=first["id"])
    same("deleted", texts(client, chat="group:group1"), [])
    fails("twice", "no message", lambda: client.call("World.deleteMessage", message=first["id"]))
    client.call("Mina.advance", ms=10)
    driver_events = [name for name, _ in client.events[before:]]
    check("it is told", "World.changed" in driver_events, driver_events)


def cards(client):
    client.call("Mina.chooseMenu", item="share")
    client.call("Mina.answer", kind="share", answer={"chats": ["group1", "bob"]})
    card = client.call("World.getMessages", chat="group:group1")["messages"][-1]
    check("a card", card["card"]["title"] and card["hasPicture"], card)
    png = base64.b64decode(client.call("World.getCardPicture", message=card["id"])["data"])
    check("its picture", png.startswith(b"\x89PNG"), png[:20])
    program = [row for row in client.call("World.getPrograms")["programs"] if row["appid"] == card["card"]["appid"]]
    check("its program", program and program[0]["name"] == card["card"]["name"], program)
    fails("no card", "no card", lambda: client.call("World.getCardPicture", message="m999"))


def export(client):
    world = client.call("World.export")["world"]
    same("written down", [len(world[key]) for key in ("people", "groups")], [5, 3])
    written = client.call("World.getMessages")["messages"]
    same("all that was said", len(world["messages"]), len(written))
    folder = package({"world.json": world})
    other = Server(mina, root / "examples/share", "--virtual-time", "--world", folder / "world.json")
    if check("it begins so", other.port, other.said()):
        second = Client(other.port)
        same("the same messages", [{**row, "id": 0} for row in second.call("World.getMessages")["messages"]], [{**row, "id": 0} for row in written])
        again = second.call("World.export")["world"]
    for key in ("people", "groups", "programs", "messages"):
        same(f"the same {key} again", again[key], world[key])
        second.close()
    check("it ends well", other.end() == 0, other.said())


def going(client):
    fails("a program of theirs runs", "runs", lambda: client.call("World.removePerson", id="alice"))
    client.call("World.removePerson", id="erin")
    same("out of groups", client.call("World.getGroups")["groups"][-1]["members"], ["alice", "bob"])
    client.call("World.removeGroup", id="group1")
    same("and out of chats", [row["id"] for row in client.call("World.getGroups")["groups"]], ["family", "work"])
    same("with what was written", texts(client, chat="group:group1"), [])
    fails("nobody", "nobody", lambda: client.call("World.removePerson", id="erin"))
    fails("no group", "no group", lambda: client.call("World.removeGroup", id="group1"))


server = Server(mina, root / "examples/share", "--virtual-time")
if check("it starts", server.port, server.said()):
    driver = Client(server.port)
    for part in (people, groups, chats, cards, export, going):
        try:
            part(driver)
        except (Failed, ConnectionError) as error:
            check(part.__name__, False, f"{error!r} {server.said()}")
    driver.close()
check("it ends well", server.end() == 0, server.said())
finish()

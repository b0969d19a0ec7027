/* The C library on this machine's own clock, files and network: what is kept, what is asked, what time does. */
#include "harness/test.h"

#include "base/mem.h"
#include "mina/mina.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 5000 // ms that nothing here takes unless something is broken

struct world {
	char root[64], app[80], data[80];
	struct strbuf said;
};

static void write_file(const struct world *world, const char *name, const char *text)
{
	char path[128];
	snprintf(path, sizeof(path), "%s/%s", world->app, name);
	FILE *file = fopen(path, "w");
	CHECK(file && fputs(text, file) >= 0);
	if (file) {
		fclose(file);
	}
}

static void world_init(struct world *world, const char *script)
{
	*world = (struct world){.root = "/tmp/mina-real-XXXXXX"};
	CHECK(mkdtemp(world->root) != NULL);
	snprintf(world->app, sizeof(world->app), "%s/app", world->root);
	snprintf(world->data, sizeof(world->data), "%s/data", world->root);
	CHECK(mkdir(world->app, 0700) == 0);
	write_file(world, "app.json", "{\"pages\": [\"a\"]}");
	write_file(world, "app.js", "App({})");
	write_file(world, "a.wxml", "<view style=\"height: 100px\" bindtap=\"tap\">{{text}}</view>");
	write_file(world, "a.js", script);
}

static void world_finish(struct world *world)
{
	char command[128];
	snprintf(command, sizeof(command), "rm -rf '%s'", world->root);
	CHECK(system(command) == 0);
	strbuf_finish(&world->said);
}

static void on_console(void *user, enum mina_level level, const char *text, const char *file, int line)
{
	struct world *world = user;
	strbuf_add_text(&world->said, text);
	strbuf_add_char(&world->said, '\n');
}

static struct mina *open_app(struct world *world)
{
	struct mina_options options = {.app = world->app, .world = MINA_REAL, .data = world->data, .on_console = on_console, .user = world};
	strbuf_clear(&world->said);
	return mina_open(&options);
}

/* Until the program has said that. */
static void wait_for(struct world *world, struct mina *mina, const char *text)
{
	for (int waited = 0; waited < PATIENCE && str_find(strbuf_str(&world->said), str_of(text)) == SIZE_MAX; waited += 10) {
		mina_advance(mina, 10);
	}
	if (str_find(strbuf_str(&world->said), str_of(text)) == SIZE_MAX) {
		test_fail(__FILE__, __LINE__, "\"%s\" was not said, but:\n%s", text, world->said.at ? world->said.at : "");
	}
}

/* The element is there after the first frame. */
static void tap(struct mina *mina)
{
	int missing = 1;
	for (int waited = 0; waited < PATIENCE && missing; waited += 10) {
		mina_advance(mina, 10);
		missing = mina_tap(mina, "view");
	}
	CHECK(!missing);
}

/* What is stored is there again, for this program alone; what is cleared is gone. */
static void storage(void)
{
	struct world world, other;
	const char *script = "const seen = wx.getStorageSync('n'); console.log('n is', JSON.stringify(seen));"
		"wx.setStorageSync('n', { count: (seen.count || 0) + 1 }); wx.setStorage({ key: 'm', data: '中', success: (r) => console.log(r.errMsg) });"
		"Page({ tap() { wx.clearStorage({ success: (r) => { console.log(r.errMsg, wx.getStorageInfoSync().keys.length) } }) } })";
	world_init(&world, script);
	world_init(&other, script);
	strcpy(other.data, world.data);
	struct mina *mina = open_app(&world);
	wait_for(&world, mina, "n is \"\"\n");
	wait_for(&world, mina, "setStorage:ok");
	mina_close(mina);
	mina = open_app(&world);
	wait_for(&world, mina, "n is {\"count\":1}");
	struct mina *stranger = open_app(&other);
	wait_for(&other, stranger, "n is \"\"\n");
	mina_close(stranger);
	tap(mina);
	wait_for(&world, mina, "clearStorage:ok 0");
	mina_close(mina);
	mina = open_app(&world);
	wait_for(&world, mina, "n is \"\"\n");
	mina_close(mina);
	world_finish(&other);
	world_finish(&world);
}

/* What the machine tells of itself. */
static void device(void)
{
	struct world world;
	world_init(&world, "wx.setClipboardData({ data: '剪', success() { wx.getClipboardData({ success: (r) => console.log('clip', r.data) }) } });"
		"wx.getNetworkType({ success: (r) => console.log('net', typeof r.networkType) });"
		"console.log('system', wx.getSystemInfoSync().platform, wx.getSystemInfoSync().windowWidth); Page({})");
	struct mina *mina = open_app(&world);
	wait_for(&world, mina, "system linux 375");
	wait_for(&world, mina, "clip 剪");
	wait_for(&world, mina, "net string");
	mina_close(mina);
	world_finish(&world);
}

/* Date is the machine's, timers take their time, frames come. */
static void real_time(void)
{
	struct world world;
	world_init(&world, "Page({ data: { text: 'a' }, onReady() { const start = Date.now(); console.log('now', start);"
		"setTimeout(() => { console.log(Date.now() - start >= 50 ? 'late enough' : 'too early'); this.setData({ text: 'b' }, () => console.log('shown')) }, 50) } })");
	struct mina *mina = open_app(&world);
	wait_for(&world, mina, "now ");
	double now = strtod(world.said.at + strlen("now "), NULL);
	CHECK(fabs(now / 1000 - (double)time(NULL)) < 60);
	wait_for(&world, mina, "late enough");
	wait_for(&world, mina, "shown");
	struct mina_frame frame;
	mina_frame(mina, &frame);
	CHECK(frame.width == 750 && frame.height == 1334);
	mina_resize(mina, 320, 480, 1);
	mina_advance(mina, 50);
	mina_frame(mina, &frame);
	CHECK(frame.width == 320 && frame.height == 480);
	char *boxes = mina_boxes(mina);
	CHECK(strstr(boxes, "\"width\":320"));
	mina_free(boxes);
	mina_close(mina);
	world_finish(&world);
}

/* A dialog waits for the person; nobody answers at the far end of a closed port. */
static void questions(void)
{
	struct world world;
	world_init(&world, "const told = (r) => console.log(JSON.stringify(r)); Page({ tap() {"
		"wx.showModal({ title: 't', content: 'c', success: told }); wx.showActionSheet({ itemList: ['x', 'y'], complete: told });"
		"wx.request({ url: 'http://127.0.0.1:1/', complete: (r) => console.log('request', r.errMsg) }) } })");
	struct mina *mina = open_app(&world);
	mina_advance(mina, 50);
	CHECK(mina_answer(mina, "modal", "{\"confirm\": true}") == 1);
	tap(mina);
	wait_for(&world, mina, "request request:fail");
	CHECK(mina_answer(mina, "modal", "{\"confirm\": true}") == 0);
	wait_for(&world, mina, "\"confirm\":true");
	CHECK(mina_answer(mina, "actionSheet", NULL) == 0);
	wait_for(&world, mina, "showActionSheet:fail cancel");
	mina_close(mina);
	world_finish(&world);
}

/* Closing does not wait for what is under way. */
static void closing(void)
{
	struct world world;
	world_init(&world, "wx.request({ url: 'http://127.0.0.1:1/' }); setInterval(() => {}, 1); wx.showLoading({ title: 'x' });"
		"Page({ onLoad() { wx.setStorage({ key: 'k', data: 1 }) } })");
	mina_close(open_app(&world));
	struct mina_options options = {.app = world.app, .world = MINA_REAL, .data = "/proc/nowhere"};
	struct mina *mina = mina_open(&options);
	struct mina_diagnostic diagnostic;
	CHECK(!mina_alive(mina) && mina_diagnostic_at(mina, 0, &diagnostic) && strstr(diagnostic.text, "The host cannot start"));
	mina_close(mina);
	world_finish(&world);
}

static const struct test_case cases[] = {
	{"storage", storage}, {"device", device}, {"time", real_time}, {"questions", questions}, {"closing", closing},
};

TEST_MAIN(cases)

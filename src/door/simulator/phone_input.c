/* Phone.*: what a person's hands do to a phone, and what it is made to be. */
#include "door/simulator/inside.h"

#include "host/ui.h"

static struct phone *phone_of(const struct command_call *call)
{
	return call->automation->config.owner;
}

static float number_of(struct value value, const char *key)
{
	return (float)value_to_number(value_get_text(value, key));
}

static void done(struct command_call *call)
{
	call_succeed(call, value_object_new(0));
}

/* Fingers, in the order of what they do. A touch on what is in the background brings it to the front. */
static void touch(struct command_call *call)
{
	static const char *const phases[] = {"start", "move", "end", "cancel"};
	struct mina *mina = call->automation->mina;
	struct value list = call_value(call, "touches");
	for (size_t i = 0; i < value_len(list); i++) {
		struct value one = value_at(list, i);
		for (size_t phase = 0; phase < ARRAY_LEN(phases); phase++) {
			if (!str_is(value_str(value_get_text(one, "phase")), phases[phase])) {
				continue;
			}
			if (phase == 0 && !mina_in_front(mina)) {
				mina_enter(mina, NULL);
			} else {
				mina_touch(mina, (int)fmax(0, fmin(number_of(one, "id"), 9)), (enum mina_touch_phase)phase, number_of(one, "x"), number_of(one, "y"));
			}
		}
	}
	done(call);
}

static void wheel(struct command_call *call)
{
	if (mina_alive(call->automation->mina)) {
		struct point at = {number_of(call->parameters, "x"), number_of(call->parameters, "y")};
		app_wheel(call_app(call), at, number_of(call->parameters, "dx"), number_of(call->parameters, "dy"));
	}
	done(call);
}

static void back(struct command_call *call)
{
	mina_back(call->automation->mina);
	done(call);
}

/* What a hardware keyboard and an input method give to what has the focus; without a focus nothing happens. */
static void keyboard(struct command_call *call)
{
	struct host *host = call->automation->mina->host;
	if (host->ui->answer(host, "keyboard", call->parameters)) {
		done(call);
	} else {
		call_fail(call, "nothing has the focus");
	}
}

static void get_state(struct command_call *call)
{
	call_succeed(call, value_ref(phone_of(call)->state));
}

static void resize(struct command_call *call)
{
	mina_resize(call->automation->mina, number_of(call->parameters, "width"), number_of(call->parameters, "height"),
		number_of(call->parameters, "dpr"));
	done(call);
}

static void restart(struct command_call *call)
{
	phone_restart(phone_of(call));
	done(call);
}

/* {path, query{}, scene, ...}: as launch options are. */
static void start(struct command_call *call)
{
	struct phone *phone = phone_of(call);
	phone_start(phone, call_value(call, "launch"));
	if (mina_alive(phone->mina)) {
		done(call);
	} else {
		call_fail(call, "the program does not start");
	}
}

static const struct schema none_rows[] = {{0}};
static const struct schema start_rows[] = {{"launch", SCHEMA_OBJECT, SCHEMA_REQUIRED, .doc = "{path, query{}, scene, ...}"}, {0}};
static const struct schema touch_rows[] = {
	{"touches", SCHEMA_ARRAY, SCHEMA_REQUIRED, .item = SCHEMA_OBJECT, .doc = "{id, phase: start|move|end|cancel, x, y}, CSS px of the screen"}, {0}};

static const struct schema wheel_rows[] = {
	{"x", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"y", SCHEMA_NUMBER, SCHEMA_REQUIRED},
	{"dx", SCHEMA_NUMBER, .fallback = "0", .doc = "CSS px to the right"}, {"dy", SCHEMA_NUMBER, .fallback = "0", .doc = "down"}, {0}};

static const struct schema keyboard_rows[] = {
	{"type", SCHEMA_STRING, SCHEMA_REQUIRED, .choices = "input|confirm|hide|select|composition"},
	{"value", SCHEMA_STRING, .doc = "of input: the whole content"}, {"cursor", SCHEMA_NUMBER, .doc = "of input: UTF-16 units"},
	{"selectionStart", SCHEMA_NUMBER}, {"selectionEnd", SCHEMA_NUMBER},
	{"phase", SCHEMA_STRING, .doc = "of composition: start, update, end"}, {"data", SCHEMA_STRING, .doc = "of composition"}, {0}};

static const struct schema resize_rows[] = {
	{"width", SCHEMA_NUMBER, .fallback = "0", .doc = "CSS px; 0: as it is"}, {"height", SCHEMA_NUMBER, .fallback = "0"},
	{"dpr", SCHEMA_NUMBER, .fallback = "0"}, {0}};

const struct command phone_rows[] = {
	{"Phone.touch", COMMAND_LOOKS | COMMAND_NO_APP, "Fingers.", touch_rows, touch},
	{"Phone.wheel", COMMAND_LOOKS | COMMAND_NO_APP, "A mouse wheel over the screen.", wheel_rows, wheel},
	{"Phone.back", COMMAND_NO_APP, "The system's way back.", none_rows, back},
	{"Phone.keyboard", COMMAND_NO_APP, "Keys and an input method, for what has the focus.", keyboard_rows, keyboard},
	{"Phone.getState", COMMAND_LOOKS | COMMAND_NO_APP, "What Phone.stateChanged told last.", none_rows, get_state},
	{"Phone.resize", COMMAND_NO_APP, "Another screen.", resize_rows, resize},
	{"Phone.start", COMMAND_NO_APP, "The program starts anew with other parameters (启动参数).", start_rows, start},
	{"Phone.restart", COMMAND_NO_APP, "The program starts anew, where it is.", none_rows, restart},
	{0},
};

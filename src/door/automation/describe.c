/* What a form can be made of: the commands that have a panel, told by their rows. */
#include "core/value/json.h"
#include "door/automation/command.h"

static struct value words(const char *english, const char *chinese)
{
	struct value both = value_object_new(2);
	value_object_set_text(&both, "en", value_text(english ? english : ""));
	value_object_set_text(&both, "zh", value_text(chinese ? chinese : english ? english : ""));
	return both;
}

static const char *type_of(const struct schema *row)
{
	static const char *const names[] = {[SCHEMA_ANY] = "any", [SCHEMA_STRING] = "string", [SCHEMA_NUMBER] = "number", [SCHEMA_BOOL] = "boolean",
		[SCHEMA_ARRAY] = "array", [SCHEMA_OBJECT] = "object", [SCHEMA_FUNCTION] = "function", [SCHEMA_COLOR] = "color"};
	return names[row->type];
}

static struct value choices_of(const char *choices)
{
	struct value list = value_array_new(4);
	struct str rest = str_of(choices), one;
	while (rest.len && str_split(&rest, '|', &one)) {
		value_array_push(&list, value_string(one));
	}
	return list;
}

static struct value describe_parameter(const struct schema *row)
{
	struct value all = value_object_new(6), fallback = value_undefined();
	value_object_set_text(&all, "name", value_text(row->name));
	value_object_set_text(&all, "type", value_text(type_of(row)));
	value_object_set_text(&all, "required", value_bool(row->flags & SCHEMA_REQUIRED));
	value_object_set_text(&all, "doc", words(row->doc, row->zh));
	if (row->choices) {
		value_object_set_text(&all, "choices", choices_of(row->choices));
	}
	if (row->fallback && json_parse(str_of(row->fallback), &fallback, NULL) == 0) {
		value_object_set_text(&all, "fallback", fallback);
	}
	return all;
}

static struct value describe_command(struct command_call *call, const struct command *command)
{
	struct value all = value_object_new(5), parameters = value_array_new(4), now = value_undefined();
	for (const struct schema *row = command->parameters; row && row->name; row++) {
		value_array_push(&parameters, describe_parameter(row));
	}
	value_object_set_text(&all, "name", value_text(command->name));
	value_object_set_text(&all, "panel", value_text(command->panel));
	value_object_set_text(&all, "doc", words(command->doc, command->zh));
	value_object_set_text(&all, "parameters", parameters);
	if (command->now) {
		const struct command *asked = call->command;
		call->command = command;
		now = command->now(call);
		call->command = asked;
	}
	if (value_is(now, VALUE_OBJECT)) {
		value_object_set_text(&all, "now", value_ref(now));
	}
	value_unref(now);
	return all;
}

struct value automation_describe_commands(struct command_call *call)
{
	struct value list = value_array_new(32), all = value_object_new(1);
	const struct command *group;
	for (size_t i = 0; automation_group(call->automation, i, &group); i++) {
		for (const struct command *command = group; command && command->name; command++) {
			if (command->panel) {
				value_array_push(&list, describe_command(call, command));
			}
		}
	}
	value_object_set_text(&all, "commands", list);
	return all;
}

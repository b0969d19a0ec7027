/* Reads a script and finds the rule or answer that holds. */
#include "host/sim/script.h"

#include "base/mem.h"

struct sim_answers {
	VEC(struct value) queue; // used up in order
	size_t next;
	struct value always;
	bool has_always;
};

#define RULES_MAX 10000

static void add_rules(struct sim_rule **at, size_t *len, size_t *cap, struct value rows)
{
	VEC(struct sim_rule) rules = {*at, *len, *cap};
	for (size_t i = 0; i < value_len(rows) && rules.len < RULES_MAX; i++) {
		struct value row = value_at(rows, i), times = value_get_text(row, "times");
		struct sim_rule rule = {value_ref(row), value_is(times, VALUE_NUMBER) ? times.number : INFINITY, false};
		vec_push(&rules, rule);
	}
	*at = rules.at;
	*len = rules.len;
	*cap = rules.cap;
}

static void add_answer(struct sim_script *script, struct str name, struct value answer)
{
	struct sim_answers *answers = map_get(&script->answers, name);
	if (!answers) {
		answers = mem_alloc(sizeof(*answers));
		map_set(&script->answers, name, answers);
	}
	if (value_is(answer, VALUE_ARRAY)) {
		for (size_t i = 0; i < value_len(answer); i++) {
			vec_push(&answers->queue, value_ref(value_at(answer, i)));
		}
		return;
	}
	value_unref(answers->always);
	answers->always = value_ref(answer);
	answers->has_always = true;
}

/* Later keys win; objects below are not merged. */
static void merge_root(struct sim_script *script, struct value object)
{
	struct value root = value_is(script->root, VALUE_OBJECT) ? value_unshared(script->root) : value_object_new(8);
	for (size_t i = 0; i < value_count(object); i++) {
		value_object_set(&root, value_key(object, i), value_ref(value_entry(object, i)));
	}
	script->root = root;
}

static struct value find_rule(struct sim_rule *rules, size_t count, struct str method, struct str url)
{
	for (size_t i = 0; i < count; i++) {
		struct sim_rule *rule = &rules[i];
		struct str wanted = value_str(value_get_text(rule->row, "method"));
		struct str pattern = value_str(value_get_text(rule->row, "url"));
		if (rule->times_left > 0 && (wanted.len == 0 || method.len == 0 || str_eq_nocase(wanted, method)) &&
			sim_script_matches(pattern, url)) {
			rule->times_left -= 1;
			return rule->row;
		}
	}
	return value_undefined();
}

static bool is_steered(struct value answer)
{
	for (size_t i = 0; i < value_count(answer); i++) {
		if (str_starts(value_key(answer, i), STR("$"))) {
			return true;
		}
	}
	return false;
}

static struct value steered_result(struct value answer)
{
	if (value_has(answer, STR("$result"))) {
		return value_ref(value_get_text(answer, "$result"));
	}
	struct value result = value_object_new(value_count(answer));
	for (size_t i = 0; i < value_count(answer); i++) {
		if (!str_starts(value_key(answer, i), STR("$"))) {
			value_object_set(&result, value_key(answer, i), value_ref(value_entry(answer, i)));
		}
	}
	return result;
}

static void drop_answers(struct sim_answers *answers)
{
	for (size_t i = 0; i < answers->queue.len; i++) {
		value_unref(answers->queue.at[i]);
	}
	vec_finish(&answers->queue);
	value_unref(answers->always);
	*answers = (struct sim_answers){0};
}

void sim_script_finish(struct sim_script *script)
{
	for (size_t i = 0; i < script->requests.len; i++) {
		value_unref(script->requests.at[i].row);
	}
	for (size_t i = 0; i < script->sockets.len; i++) {
		value_unref(script->sockets.at[i].row);
	}
	MAP_EACH(&script->answers, entry) {
		drop_answers(entry->value);
		mem_free(entry->value);
	}
	map_finish(&script->answers);
	vec_finish(&script->requests);
	vec_finish(&script->sockets);
	value_unref(script->root);
	*script = (struct sim_script){0};
}

void sim_script_add(struct sim_script *script, struct value object)
{
	struct value requests = value_get_text(object, "request"), sockets = value_get_text(object, "socket");
	add_rules(&script->requests.at, &script->requests.len, &script->requests.cap, requests);
	add_rules(&script->sockets.at, &script->sockets.len, &script->sockets.cap, sockets);
	struct value answers = value_get_text(object, "answers");
	for (size_t i = 0; i < value_count(answers); i++) {
		add_answer(script, value_key(answers, i), value_entry(answers, i));
	}
	merge_root(script, object);
}

void sim_script_set_first(struct sim_script *script, struct value rows)
{
	for (size_t i = script->requests.len; i > 0; i--) {
		if (script->requests.at[i - 1].guest) {
			value_unref(script->requests.at[i - 1].row);
			vec_remove(&script->requests, i - 1);
		}
	}
	for (size_t i = 0; i < value_len(rows) && script->requests.len < RULES_MAX; i++) {
		struct value row = value_at(rows, i), times = value_get_text(row, "times");
		struct sim_rule rule = {value_ref(row), value_is(times, VALUE_NUMBER) ? times.number : INFINITY, true};
		vec_insert(&script->requests, i, rule);
	}
}

struct value sim_script_get(const struct sim_script *script, const char *key)
{
	return value_get_text(script->root, key);
}

struct value sim_script_request(struct sim_script *script, struct str method, struct str url)
{
	return find_rule(script->requests.at, script->requests.len, method, url);
}

struct value sim_script_socket(struct sim_script *script, struct str url)
{
	return find_rule(script->sockets.at, script->sockets.len, STR(""), url);
}

bool sim_script_answer(struct sim_script *script, const char *name, enum host_outcome *ret_outcome,
	struct value *ret_result, double *ret_delay)
{
	struct sim_answers *answers = map_get(&script->answers, str_of(name));
	if (!answers || (answers->next >= answers->queue.len && !answers->has_always)) {
		return false;
	}
	struct value answer = answers->next < answers->queue.len ? answers->queue.at[answers->next++] : answers->always;
	*ret_outcome = HOST_OK;
	*ret_delay = 0;
	if (!is_steered(answer)) {
		*ret_result = value_ref(answer);
		return true;
	}
	struct value fail = value_get_text(answer, "$fail"), delay = value_get_text(answer, "$delay");
	*ret_delay = value_is(delay, VALUE_NUMBER) && delay.number > 0 ? delay.number : 0;
	*ret_result = steered_result(answer);
	if (!value_is(fail, VALUE_UNDEFINED)) {
		*ret_outcome = sim_script_outcome(value_str(fail));
		if (!value_is(*ret_result, VALUE_OBJECT)) {
			value_unref(*ret_result);
			*ret_result = value_object_new(1);
		}
		*ret_result = value_unshared(*ret_result);
		value_object_set_text(ret_result, "errMsg", value_string(value_str(fail)));
	}
	return true;
}

void sim_script_set_answer(struct sim_script *script, const char *name, struct value answer)
{
	struct sim_answers *answers = map_get(&script->answers, str_of(name));
	if (answers) {
		drop_answers(answers);
	}
	if (!value_is(answer, VALUE_UNDEFINED)) {
		add_answer(script, str_of(name), answer);
	}
}

struct value sim_script_answer_now(const struct sim_script *script, const char *name)
{
	const struct sim_answers *answers = map_get(&script->answers, str_of(name));
	return !answers ? value_undefined() : answers->next < answers->queue.len ? answers->queue.at[answers->next] : answers->always;
}

bool sim_script_matches(struct str pattern, struct str text)
{
	size_t p = 0, t = 0, star = SIZE_MAX, mark = 0;
	while (t < text.len) {
		if (p < pattern.len && pattern.at[p] == '*') {
			star = p++;
			mark = t;
		} else if (p < pattern.len && pattern.at[p] == text.at[t]) {
			p++;
			t++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			t = ++mark;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.at[p] == '*') {
		p++;
	}
	return p == pattern.len;
}

enum host_outcome sim_script_outcome(struct str text)
{
	for (int outcome = HOST_FAIL; outcome <= HOST_UNSUPPORTED; outcome++) {
		if (str_is(text, host_outcome_text(outcome))) {
			return outcome;
		}
	}
	return HOST_FAIL;
}

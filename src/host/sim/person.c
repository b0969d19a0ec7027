/* Who holds the device, and which program runs on it. */
#include "host/sim/device.h"
#include "host/sim/part.h"

#define NO_APPID STR("touristappid")

static void put(struct value *kept, struct value text)
{
	value_unref(*kept);
	*kept = text;
}

static struct value facts_of(const struct sim_host *sim)
{
	return sim_society_person(&sim->world->society, sim_host_person(sim));
}

int sim_host_set_person(struct sim_host *sim, struct str id)
{
	struct value person = sim_society_person(&sim->world->society, id), device = value_get_text(person, "device");
	if (!value_is(person, VALUE_OBJECT)) {
		return 1;
	}
	put(&sim->person, value_string(id));
	sim->knows_device = true;
	if (value_is(device, VALUE_OBJECT) && !sim->screen_given) {
		sim_device_set(sim, device);
		sim->screen_given = false;
	}
	sim_device_refresh(sim);
	return 0;
}

struct str sim_host_person(const struct sim_host *sim)
{
	struct value people = value_get_text(sim->world->society.world, "people");
	return value_is(sim->person, VALUE_STRING) ? value_str(sim->person) : value_str(value_get_text(value_at(people, 0), "id"));
}

void sim_host_set_program(struct sim_host *sim, struct str appid, struct str name)
{
	put(&sim->appid, value_string(appid));
	put(&sim->program_name, value_string(name));
	sim_host_announce(sim);
	sim_host_begin_life(sim);
}

struct str sim_host_appid(const struct sim_host *sim)
{
	return value_str(sim->appid).len ? value_str(sim->appid) : NO_APPID;
}

void sim_host_announce(struct sim_host *sim)
{
	struct str appid = sim_host_appid(sim);
	struct value known = sim_society_program(&sim->world->society, appid);
	if (value_is(known, VALUE_OBJECT) && !str_eq(value_str(value_get_text(known, "name")), appid)) {
		return;
	}
	struct value program = value_object_new(3);
	value_object_set_text(&program, "appid", value_string(appid));
	if (value_str(sim->program_name).len) {
		value_object_set_text(&program, "name", value_ref(sim->program_name));
	}
	sim_society_add_program(&sim->world->society, program);
}

/* A platform elsewhere may serve several worlds at once: lives of worlds with other seeds have other names. */
void sim_host_begin_life(struct sim_host *sim)
{
	struct sim_world *world = sim->world;
	uint64_t state = world->seed ^ 0x6c696665u;
	struct strbuf life = {0};
	strbuf_printf(&life, "%016llx-%llu", (unsigned long long)sim_random_next(&state), (unsigned long long)++world->lives);
	put(&sim->life, value_take(&life));
	put(&sim->entered, value_undefined());
}

void sim_person_finish(struct sim_host *sim)
{
	value_unref(sim->person);
	value_unref(sim->appid);
	value_unref(sim->program_name);
	value_unref(sim->life);
	value_unref(sim->entered);
	value_unref(sim->scopes);
	value_unref(sim->settled);
}

void sim_person_set_facts(const struct sim_host *sim, struct value *facts)
{
	static const char *const keys[] = {"brand", "model", "system", "platform"};
	struct value person = facts_of(sim), device = value_get_text(person, "device");
	if (!sim->knows_device) {
		return;
	}
	value_object_set_text(facts, "language", value_ref(value_get_text(person, "language")));
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		if (value_has(device, str_of(keys[i]))) {
			value_object_set_text(facts, keys[i], value_ref(value_get_text(device, keys[i])));
		}
	}
}

void sim_person_decide(struct sim_host *sim, struct str scope, bool allows)
{
	sim->scopes = value_is(sim->scopes, VALUE_OBJECT) ? value_unshared(sim->scopes) : value_object_new(2);
	value_object_set(&sim->scopes, scope, value_bool(allows));
}

static struct value setting_of(const struct sim_host *sim, struct str scope)
{
	struct value setting = value_get(sim->settled, scope);
	if (!value_is(setting, VALUE_BOOL)) {
		setting = value_get(value_get_text(facts_of(sim), "settings"), scope);
	}
	return value_is(setting, VALUE_BOOL) || !sim->asks ? setting : value_get(sim->scopes, scope);
}

bool sim_person_allows(struct sim_host *sim, struct str scope)
{
	struct value setting = setting_of(sim, scope);
	bool allows = !value_is(setting, VALUE_BOOL) || setting.boolean;
	sim_person_decide(sim, scope, allows);
	return allows;
}

void sim_person_settle(struct sim_host *sim, struct str scope, struct value allows)
{
	sim->settled = value_is(sim->settled, VALUE_OBJECT) ? value_unshared(sim->settled) : value_object_new(2);
	value_object_remove(&sim->settled, scope);
	if (value_is(allows, VALUE_BOOL)) {
		value_object_set(&sim->settled, scope, allows);
		sim_person_decide(sim, scope, allows.boolean);
	} else if (value_is(sim->scopes, VALUE_OBJECT)) {
		sim->scopes = value_unshared(sim->scopes);
		value_object_remove(&sim->scopes, scope);
	}
}

bool sim_person_asks(const struct sim_host *sim, struct str scope)
{
	return sim->asks && !value_is(setting_of(sim, scope), VALUE_BOOL);
}

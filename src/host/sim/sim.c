/* Puts a simulated host together and drives it. */
#include "host/sim/device.h"
#include "host/sim/part.h"
#include "platform/seal.h"

#include <string.h>

static void apply_files(struct sim_host *sim, struct value files)
{
	static const struct str prefix = {"base64:", 7};
	for (size_t i = 0; i < value_count(files); i++) {
		struct str text = value_str(value_entry(files, i));
		struct strbuf bytes = {0};
		bool binary = str_starts(text, prefix) && seal_base64_decode(str_slice(text, prefix.len, text.len), &bytes);
		sim_file_put(sim, value_key(files, i), binary ? strbuf_str(&bytes) : text);
		strbuf_finish(&bytes);
	}
}

static void apply_storage(struct sim_host *sim, struct value items)
{
	for (size_t i = 0; i < value_count(items); i++) {
		struct value parameters = value_object_new(2);
		value_object_set_text(&parameters, "key", value_string(value_key(items, i)));
		value_object_set_text(&parameters, "data", value_ref(value_entry(items, i)));
		struct host_answer answer = {0};
		host_storage_set(&sim->storage, parameters, &answer);
		host_answer_finish(&answer);
		value_unref(parameters);
	}
}

struct sim_host *sim_host_create(struct sim_world *world)
{
	struct sim_host *sim = mem_alloc(sizeof(*sim));
	sim->owns_world = world == NULL;
	sim->world = world ? world : sim_world_create(1);
	sim->world->members++;
	vec_push(&sim->world->hosts, sim);
	sim->host = (struct host){
		.clock = &sim_clock,
		.net = &sim_net,
		.file = &sim_file,
		.store = &sim_store,
		.ui = &sim_ui,
		.screen = &sim_screen,
		.device = &sim_device,
		.media = &sim_media,
		.location = &sim_location,
		.open = &sim_open,
		.user = sim,
	};
	sim->volume = (struct host_volume){&sim_volume_kind, &sim->host, sim};
	sim->brightness = 0.5;
	host_overlay_init(&sim->overlay, &sim->host, sim_ui.keyboard_height);
	sim->screen = (struct host_screen_info){.width = 375, .height = 667, .dpr = 2, .status_bar_height = 20,
		.navigation_bar_height = 44, .tab_bar_height = 48, .font_size = SIM_FONT_SIZE};
	sim_screen_apply(sim, value_undefined());
	sim_host_begin_life(sim);
	return sim;
}

void sim_host_destroy(struct sim_host *sim)
{
	if (!sim) {
		return;
	}
	host_overlay_finish(&sim->overlay);
	host_storage_finish(&sim->storage);
	sim_file_finish(sim);
	sim_script_finish(&sim->script);
	value_unref(sim->clipboard);
	value_unref(sim->device);
	value_unref(sim->network_type);
	sim_person_finish(sim);
	assert(!sim->host.listeners && "a listener outlives its host");
	sim->world->members--;
	for (size_t i = 0; i < sim->world->hosts.len; i++) {
		if (sim->world->hosts.at[i] == sim) {
			vec_remove(&sim->world->hosts, i);
			break;
		}
	}
	if (sim->owns_world) {
		sim_world_destroy(sim->world);
	}
	mem_free(sim);
}

void sim_host_apply_script(struct sim_host *sim, struct value object)
{
	sim_script_add(&sim->script, object);
	sim_world_set_now(sim->world, value_get_text(object, "clock"));
	apply_files(sim, value_get_text(object, "files"));
	apply_storage(sim, value_get_text(object, "storage"));
	struct value screen = value_get_text(object, "screen");
	if (value_is(screen, VALUE_OBJECT)) {
		sim->screen_given = true;
		sim_device_change(sim, screen);
	}
	struct value device = value_get_text(object, "device"), facts = value_get_text(object, "facts");
	for (size_t i = 0; i < value_count(facts) && value_is(sim->device, VALUE_OBJECT); i++) { // what was said last counts
		sim->device = value_unshared(sim->device);
		value_object_remove(&sim->device, value_key(facts, i));
	}
	sim_speed_set(sim, value_get_text(object, "network"));
	if (value_is(device, VALUE_OBJECT)) {
		sim_device_change(sim, device);
	} else {
		sim_device_refresh(sim);
	}
}

int sim_host_load_script(struct sim_host *sim, struct str json, struct json_error *ret_error)
{
	struct value object = value_undefined();
	if (json_parse_object(json, &object, ret_error)) {
		return 1;
	}
	sim_host_apply_script(sim, object);
	value_unref(object);
	return 0;
}

void sim_host_answer(struct sim_host *sim, const char *name, struct value answer)
{
	sim_script_set_answer(&sim->script, name, answer);
}

void sim_host_set_real(struct sim_host *sim, struct host *real)
{
	assert(sim->world->in_flight == 0 && sim->world->sockets == 0);
	sim->world->real = real;
	sim->real_network = real != NULL;
}

void sim_host_advance(struct sim_host *sim, double ms)
{
	host_run(&sim->host, ms);
}

void sim_host_settle(struct sim_host *sim, double quiet, double limit)
{
	struct sim_world *world = sim->world;
	double end = world->time + limit;
	for (;;) {
		struct host_timer *first = host_timer_queue_first(&world->queue);
		bool busy = world->in_flight || (first && first->due <= world->time + quiet);
		if (!busy || world->time >= end) {
			return;
		}
		double until = world->time + quiet;
		sim_world_step(world, until < end ? until : end);
	}
}

void sim_host_resize(struct sim_host *sim, float width, float height, float dpr)
{
	struct value screen = value_object_new(3);
	value_object_set_text(&screen, "width", value_number(width));
	value_object_set_text(&screen, "height", value_number(height));
	value_object_set_text(&screen, "dpr", value_number(dpr));
	sim->screen_given = true;
	sim->turned = false;
	sim_screen_apply(sim, screen);
	value_unref(screen);
	host_tell_resize(&sim->host, &sim->screen);
}

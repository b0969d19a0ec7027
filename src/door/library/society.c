/* A society behind the public header: its world, its chats, its platform. */
#include "door/library/inside.h"

#include "door/library/archive_source.h"
#include "host/sim/society.h"
#include "platform/platform.h"
#include "platform/seal.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void mina_world_setup(struct sim_world *world, struct linux_host **real, const struct mina_society_options *options,
	const struct library_settings *settings, struct diag_list *diags)
{
	struct str text = options->world ? str_of(options->world) : strbuf_str(&settings->world);
	struct str name = options->name ? str_of(options->name) : settings->world_name.len && !options->world
		? strbuf_str(&settings->world_name) : STR("world.json");
	if (text.len) {
		sim_world_load(world, name, text, diags);
	}
	const char *url = options->platform ? options->platform : library_settings_text(settings, "platform", "url");
	const char *key = options->platform ? options->platform_key : library_settings_text(settings, "platform", "key");
	if (!url) {
		return;
	}
	if (!world->real && !*real) {
		struct linux_config config = {.data = ""};
		*real = linux_host_create(&config, NULL);
		world->real = *real ? &(*real)->host : NULL;
	}
	if (world->real && sim_world_use_platform(world, str_of(url), str_of(key)) == 0) {
		getentropy(&world->seed, sizeof(world->seed)); // a platform that lives on must not take this run's lives for another's
	} else {
		diag_add(diags, DIAG_ERROR, STR(""), 0, 0, "That is no address of a platform: %s", url);
	}
}

struct mina_society *mina_society_open(const struct mina_society_options *options)
{
	struct mina_society *society = mem_alloc(sizeof(*society));
	struct library_settings settings = {0};
	struct stat facts;
	struct host_source *source = NULL;
	if (options->app && stat(options->app, &facts) == 0 && S_ISDIR(facts.st_mode)) {
		source = linux_folder_open(options->app);
	}
	society->world = sim_world_create(options->seed ? options->seed : 1);
	library_settings_load(&settings, source, &society->diags);
	mina_world_setup(society->world, &society->real, options, &settings, &society->diags);
	const char *url = options->platform ? options->platform : library_settings_text(&settings, "platform", "url");
	struct str address = str_of(url);
	strbuf_add(&society->platform, str_slice(address, 0, address.len - str_ends(address, STR("/"))));
	strbuf_add(&society->key, str_of(options->platform ? options->platform_key : library_settings_text(&settings, "platform", "key")));
	library_settings_finish(&settings);
	if (source) {
		source->destroy(source);
	}
	return society;
}

void mina_society_close(struct mina_society *society)
{
	if (!society) {
		return;
	}
	sim_world_destroy(society->world);
	if (society->real) {
		linux_host_destroy(society->real);
	}
	diag_list_finish(&society->diags);
	strbuf_finish(&society->platform);
	strbuf_finish(&society->key);
	mem_free(society);
}

bool mina_society_diagnostic_at(const struct mina_society *society, size_t index, struct mina_diagnostic *ret_diagnostic)
{
	if (index >= society->diags.items.len) {
		return false;
	}
	const struct diag *diag = &society->diags.items.at[index];
	*ret_diagnostic = (struct mina_diagnostic){diag->severity == DIAG_ERROR, diag->file, diag->line, diag->column, diag->text};
	return true;
}

static char *take_json(struct value value)
{
	struct strbuf json = {0};
	json_write(value, &json);
	value_unref(value);
	return strbuf_steal(&json);
}

char *mina_society_chats(struct mina_society *society, const char *person)
{
	return take_json(sim_society_chats(&society->world->society, str_of(person)));
}

char *mina_society_chat(struct mina_society *society, const char *person, const char *said)
{
	struct value chat = sim_society_chat_id(&society->world->society, str_of(person), str_of(said));
	struct str id = value_str(chat);
	char *copy = id.len ? mem_strdup(id.at, id.len) : NULL;
	value_unref(chat);
	return copy;
}

static struct value ask_platform(struct mina_society *society, const char *operation, struct value parameters);

/* How the card of an updatable message looks now: {state, text, color, expired}. */
static struct value with_state(struct mina_society *society, struct value described)
{
	struct value card = value_get_text(described, "card"), updatable = value_get_text(card, "updatable");
	if (!value_is(updatable, VALUE_OBJECT)) {
		return described;
	}
	struct value asked = value_object_new(4);
	value_object_set_text(&asked, "appid", value_ref(value_get_text(card, "appid")));
	value_object_set_text(&asked, "person", value_ref(value_get_text(described, "from")));
	value_object_set_text(&asked, "activityId", value_ref(value_get_text(updatable, "activityId")));
	value_object_set_text(&asked, "templateInfo", value_ref(value_get_text(updatable, "templateInfo")));
	struct value state = ask_platform(society, "activity", asked);
	if (value_has(state, STR("text"))) {
		struct value whole = value_unshared(value_ref(card));
		described = value_unshared(described);
		value_object_set_text(&whole, "state", value_ref(state));
		value_object_set_text(&described, "card", whole);
	}
	value_unref(state);
	return described;
}

char *mina_society_messages(struct mina_society *society, const char *chat)
{
	const struct sim_society *people = &society->world->society;
	struct value list = value_array_new(people->messages.len);
	struct sim_message *const *all = people->messages.at;
	size_t count = people->messages.len;
	if (chat && str_is(str_of(chat), "timeline")) {
		all = people->posts.at;
		count = people->posts.len;
	} else if (chat && str_starts(str_of(chat), STR("favorites:"))) {
		all = people->favorites.at;
		count = people->favorites.len;
	}
	for (size_t i = 0; i < count; i++) {
		if (!chat || str_is(all[i]->chat, chat)) {
			value_array_push(&list, with_state(society, sim_message_describe(all[i])));
		}
	}
	return take_json(list);
}

int mina_society_picture(struct mina_society *society, const char *id, uint8_t **ret_bytes, size_t *ret_size)
{
	const struct sim_message *message = sim_society_message(&society->world->society, str_of(id));
	if (!message || !message->picture) {
		return 1;
	}
	*ret_bytes = mem_dup(message->picture->at, message->picture->len);
	*ret_size = message->picture->len;
	return 0;
}

static double now(const struct sim_world *world)
{
	return floor(world->epoch + world->time);
}

static char *new_id(const struct sim_message *message)
{
	return message ? mem_strdup(message->id.at, message->id.len) : NULL;
}

char *mina_society_say(struct mina_society *society, const char *person, const char *said, const char *text, const char **ret_reason)
{
	struct sim_society *people = &society->world->society;
	struct value chat = sim_society_chat_id(people, str_of(person), str_of(said));
	char *id = NULL;
	if (value_str(chat).len) {
		id = new_id(sim_society_send_text(people, value_str(chat), str_of(person), now(society->world), value_text(text)));
	} else if (ret_reason) {
		*ret_reason = "no such chat";
	}
	value_unref(chat);
	return id;
}

char *mina_society_forward(struct mina_society *society, const char *person, const char *message, const char *said,
	const char **ret_reason)
{
	struct sim_society *people = &society->world->society;
	struct value chat = sim_society_chat_id(people, str_of(person), str_of(said));
	const char *reason = "no such chat";
	char *id = value_str(chat).len
		? new_id(sim_society_forward(people, str_of(message), str_of(person), value_str(chat), now(society->world), &reason)) : NULL;
	value_unref(chat);
	if (!id && ret_reason) {
		*ret_reason = reason;
	}
	return id;
}

/* --- the platform --- */

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static struct value decode(struct str text)
{
	struct strbuf out = {0};
	for (size_t i = 0; i < text.len; i++) {
		int high = text.at[i] == '%' && i + 2 < text.len ? hex_digit(text.at[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(text.at[i + 2]) : -1;
		strbuf_add_char(&out, low >= 0 ? (char)(high << 4 | low) : text.at[i] == '+' ? ' ' : text.at[i]);
		i += low >= 0 ? 2 : 0;
	}
	return value_take(&out);
}

static struct value parse_query(struct str text)
{
	struct value query = value_object_new(4);
	struct str piece;
	while (text.len && str_split(&text, '&', &piece)) {
		size_t equals = size_min(str_find_char(piece, '='), piece.len);
		struct value key = decode(str_slice(piece, 0, equals));
		value_object_set(&query, value_str(key), decode(str_slice(piece, size_min(equals + 1, piece.len), piece.len)));
		value_unref(key);
	}
	return query;
}

static char *ask_inside(struct platform *platform, const char *method, struct str url, const char *body)
{
	size_t mark = size_min(str_find_char(url, '?'), url.len);
	struct strbuf json = {0};
	struct value query = parse_query(str_slice(url, size_min(mark + 1, url.len), url.len));
	platform_serve(platform, str_of(method), str_slice(url, 0, mark), query, str_of(body), STR(""), &json);
	value_unref(query);
	return strbuf_steal(&json);
}

static char *ask_address(struct mina_society *society, const char *method, const char *path, const char *body)
{
	struct host *real = &society->real->host;
	struct strbuf address = {0};
	struct value parameters = value_object_new(3), header = value_object_new(1);
	struct waiting waiting;
	strbuf_add(&address, strbuf_str(&society->platform));
	strbuf_add_text(&address, path);
	value_object_set_text(&header, "X-Mina-Host-Key", value_string(strbuf_str(&society->key)));
	value_object_set_text(&parameters, "url", value_take(&address));
	value_object_set_text(&parameters, "method", value_text(method));
	if (str_starts(str_of(path), STR("/host/"))) {
		value_object_set_text(&parameters, "header", value_ref(header));
	}
	waiting_init(&waiting);
	waiting.request.body = body ? host_bytes_new(body, strlen(body)) : NULL;
	HOST_CALL(real, net, request, parameters, &waiting.request);
	waiting_end(&waiting, real);
	struct str text = host_bytes_str(waiting.bytes);
	char *json = waiting.outcome == HOST_OK ? mem_strdup(text.at, text.len) : NULL;
	host_bytes_unref(waiting.bytes);
	value_unref(waiting.result);
	value_unref(parameters);
	value_unref(header);
	return json;
}

char *mina_society_platform(struct mina_society *society, const char *method, const char *url, const char *body)
{
	struct platform *platform = sim_world_platform(society->world);
	if (platform) {
		return ask_inside(platform, method, str_of(url), body);
	}
	return society->real ? ask_address(society, method, url, body) : NULL;
}

/* As a host asks: the result, new; undefined: it cannot be had. Consumes parameters. */
static struct value ask_platform(struct mina_society *society, const char *operation, struct value parameters)
{
	struct platform *platform = sim_world_platform(society->world);
	struct value result = value_undefined();
	if (platform) {
		platform_host(platform, str_of(operation), parameters, &result);
	} else if (society->real) {
		struct strbuf path = {0}, body = {0};
		strbuf_printf(&path, "/host/%s", operation);
		json_write(parameters, &body);
		char *answer = ask_address(society, "POST", path.at, body.at);
		json_parse(str_of(answer), &result, NULL);
		mem_free(answer);
		strbuf_finish(&path);
		strbuf_finish(&body);
	}
	value_unref(parameters);
	return result;
}

char *mina_society_program(struct mina_society *society, const char *appid)
{
	struct value program = sim_society_program(&society->world->society, str_of(appid));
	return value_is(program, VALUE_OBJECT) ? take_json(value_ref(program)) : NULL;
}

/* The appid of a folder's project.config.json; new, undefined: it names none. */
static struct value appid_of(const char *app)
{
	struct host_source *source = linux_folder_open(app);
	struct host_bytes *bytes = NULL;
	struct value config = value_undefined(), appid = value_undefined();
	if (source && source->read(source, STR("project.config.json"), &bytes) == HOST_OK
		&& !json_parse_object(host_bytes_str(bytes), &config, NULL)) {
		appid = value_ref(value_get_text(config, "appid"));
		value_unref(config);
	}
	host_bytes_unref(bytes);
	if (source) {
		source->destroy(source);
	}
	return appid;
}

char *mina_society_account(const struct mina_society *society, const char *account, const char *app)
{
	struct value people = value_get_text(society->world->society.world, "people"), appid = appid_of(app);
	struct platform *platform = sim_world_platform(society->world);
	struct str name = value_str(appid).len ? value_str(appid) : STR("touristappid");
	char *found = NULL;
	for (size_t i = 0; i < value_len(people) && !found; i++) {
		struct value person = value_at(people, i);
		struct str id = value_str(value_get_text(person, "id"));
		struct value openid = platform ? platform_openid(platform, name, id) : value_undefined();
		bool meant = str_is(id, account) || str_is(value_str(openid), account)
			|| str_is(value_str(value_get_text(person, "nickName")), account);
		found = meant ? mem_strdup(id.at, id.len) : NULL;
		value_unref(openid);
	}
	value_unref(appid);
	return found;
}

char *mina_decrypt(const char *session_key, const char *encrypted_data, const char *iv)
{
	struct strbuf text = {0};
	if (seal_open_data(str_of(session_key), str_of(encrypted_data), str_of(iv), &text)) {
		strbuf_finish(&text);
		return NULL;
	}
	return strbuf_steal(&text);
}

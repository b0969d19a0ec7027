/* What reading, writing and moving files means to a mini program, over any kind of storage. */
#include "host/volume.h"

#include "base/vec.h"
#include "host/clock.h"

#include <stdlib.h>

#define FULL "the maximum size of the file storage limit is exceeded"

/* One resolved path. `name` is the volume's name of it ("usr/a"), or the package's. */
struct place {
	struct str path; // as the program wrote it
	enum host_root root;
	struct strbuf name;
	enum host_outcome found; // of stat
	struct host_file_facts facts;
};

/* One call going on. */
struct job {
	struct host_volume *volume;
	struct value parameters;
	struct host_bytes *body;
	struct host_answer *answer;
};

static enum host_outcome refuse(struct job *job, enum host_outcome outcome, const char *what, const char *verb,
	struct str path)
{
	struct strbuf text = {0};
	strbuf_add_text(&text, what);
	if (path.at) {
		strbuf_printf(&text, "%s%s '" STR_FMT "'", verb ? ", " : "", verb ? verb : "", STR_ARG(path));
	}
	enum host_outcome result = host_refuse(job->answer, outcome, strbuf_str(&text).at);
	strbuf_finish(&text);
	return result;
}

static enum host_outcome absent(struct job *job, const char *verb, struct str path)
{
	return refuse(job, HOST_NOT_FOUND, "no such file or directory", verb, path);
}

static enum host_outcome denied(struct job *job, const char *verb, struct str path)
{
	return refuse(job, HOST_DENIED, "permission denied", verb, path);
}

static enum host_outcome succeed(struct job *job)
{
	job->answer->value = value_object_new(0);
	return HOST_OK;
}

static enum host_outcome stat_package(struct host_volume *volume, struct place *place)
{
	struct host_source *source = volume->host->package;
	if (!source) {
		return HOST_NOT_FOUND;
	}
	return source->stat(source, strbuf_str(&place->name), &place->facts.folder, &place->facts.size);
}

static void place_init(struct place *place, struct job *job, const char *key)
{
	*place = (struct place){.path = value_str(value_get_text(job->parameters, key)), .found = HOST_NOT_FOUND};
	struct strbuf relative = {0};
	place->root = host_file_resolve(place->path, &relative);
	if (place->root == HOST_ROOT_USER) {
		strbuf_add_text(&place->name, relative.len ? "usr/" : "usr");
	}
	strbuf_add(&place->name, strbuf_str(&relative));
	strbuf_finish(&relative);
	if (place->root == HOST_ROOT_PACKAGE) {
		place->found = stat_package(job->volume, place);
	} else if (place->root != HOST_ROOT_NONE) {
		place->found = job->volume->kind->stat(job->volume, strbuf_str(&place->name), &place->facts);
	}
	if (!place->path.at) {
		place->path = STR("");
	}
}

static bool place_is_folder(const struct place *place) { return place->found == HOST_OK && place->facts.folder; }
static bool place_is_file(const struct place *place) { return place->found == HOST_OK && !place->facts.folder; }

/* Only user data has folders, and files that the program names. */
static bool place_has_parent(const struct place *place, struct host_volume *volume)
{
	struct str name = strbuf_str(&place->name);
	size_t slash = str_rfind_char(name, '/');
	struct host_file_facts facts;
	return slash != SIZE_MAX && volume->kind->stat(volume, str_slice(name, 0, slash), &facts) == HOST_OK && facts.folder;
}

static enum host_outcome load(struct host_volume *volume, struct place *place, struct host_bytes **ret_bytes)
{
	if (place->root == HOST_ROOT_PACKAGE) {
		return volume->host->package->read(volume->host->package, strbuf_str(&place->name), ret_bytes);
	}
	return volume->kind->read(volume, strbuf_str(&place->name), ret_bytes);
}

static bool fits(struct host_volume *volume, size_t more)
{
	return volume->kind->used(volume) + more <= HOST_FILE_USER_MAX;
}

static enum host_outcome read_place(struct job *job, struct place *place)
{
	if (place->root == HOST_ROOT_NONE) {
		return denied(job, "open", place->path);
	}
	if (place->found != HOST_OK) {
		return absent(job, "open", place->path);
	}
	if (place->facts.folder) {
		return refuse(job, HOST_FAIL, "illegal operation on a directory", "read", place->path);
	}
	struct host_bytes *bytes = NULL;
	enum host_outcome outcome = place->facts.size > HOST_FILE_SIZE_MAX ? HOST_TOO_LARGE : load(job->volume, place, &bytes);
	if (outcome != HOST_OK) {
		return outcome == HOST_TOO_LARGE ? refuse(job, outcome, FULL, NULL, (struct str){0})
			: absent(job, "open", place->path);
	}
	struct value position = value_get_text(job->parameters, "position"), length = value_get_text(job->parameters, "length");
	double from = value_is(position, VALUE_NUMBER) ? position.number : 0;
	double count = value_is(length, VALUE_NUMBER) ? length.number : (double)bytes->len - from;
	if (!(from >= 0 && from <= (double)bytes->len)) {
		host_bytes_unref(bytes);
		return refuse(job, HOST_FAIL, "the value of \"position\" is out of range", NULL, (struct str){0});
	}
	if (!(count >= 0 && from + count <= (double)bytes->len)) {
		host_bytes_unref(bytes);
		return refuse(job, HOST_FAIL, "the value of \"length\" is out of range", NULL, (struct str){0});
	}
	if (from > 0 || count < (double)bytes->len) {
		struct host_bytes *part = host_bytes_new(bytes->at + (size_t)from, (size_t)count);
		host_bytes_unref(bytes);
		bytes = part;
	}
	job->answer->bytes = bytes;
	return succeed(job);
}

static enum host_outcome do_read(struct job *job)
{
	struct place place;
	place_init(&place, job, "path");
	enum host_outcome outcome = read_place(job, &place);
	strbuf_finish(&place.name);
	return outcome;
}

/* Writes `data` to a place in user data. */
static enum host_outcome write_place(struct job *job, struct place *place, struct str data, bool append, const char *verb)
{
	if (place->root != HOST_ROOT_USER) {
		return denied(job, verb, place->path);
	}
	if (place_is_folder(place)) {
		return refuse(job, HOST_FAIL, "illegal operation on a directory", verb, place->path);
	}
	if (!place_has_parent(place, job->volume) || (append && place->found != HOST_OK)) {
		return absent(job, verb, place->path);
	}
	size_t before = append ? place->facts.size : 0;
	size_t replaced = !append && place->found == HOST_OK ? size_min(place->facts.size, data.len) : 0;
	if (data.len > HOST_FILE_SIZE_MAX || data.len + before > HOST_FILE_SIZE_MAX || !fits(job->volume, data.len - replaced)) {
		return refuse(job, HOST_TOO_LARGE, FULL, NULL, (struct str){0});
	}
	if (job->volume->kind->write(job->volume, strbuf_str(&place->name), data, append) != HOST_OK) {
		return refuse(job, HOST_FAIL, "system error", verb, place->path);
	}
	return succeed(job);
}

static enum host_outcome do_write(struct job *job)
{
	struct place place;
	place_init(&place, job, "path");
	bool append = value_to_bool(value_get_text(job->parameters, "append"));
	enum host_outcome outcome = write_place(job, &place, host_bytes_str(job->body), append, "open");
	strbuf_finish(&place.name);
	return outcome;
}

static enum host_outcome do_stat(struct job *job)
{
	struct place place;
	place_init(&place, job, "path");
	enum host_outcome outcome;
	if (place.root == HOST_ROOT_NONE || place.found != HOST_OK) {
		outcome = absent(job, NULL, place.path);
	} else {
		struct value facts = value_object_new(6);
		value_object_set_text(&facts, "isFile", value_bool(!place.facts.folder));
		value_object_set_text(&facts, "isDirectory", value_bool(place.facts.folder));
		value_object_set_text(&facts, "size", value_number((double)place.facts.size));
		value_object_set_text(&facts, "mode", value_number(place.facts.folder ? 040755 : 0100644));
		value_object_set_text(&facts, "lastAccessedTime", value_number(floor(place.facts.accessed / 1000)));
		value_object_set_text(&facts, "lastModifiedTime", value_number(floor(place.facts.modified / 1000)));
		job->answer->value = facts;
		outcome = HOST_OK;
	}
	strbuf_finish(&place.name);
	return outcome;
}

static enum host_outcome list_place(struct job *job, struct place *place)
{
	if (place->root != HOST_ROOT_PACKAGE && place->root != HOST_ROOT_USER) {
		return denied(job, "open", place->path);
	}
	if (place->found != HOST_OK) {
		return absent(job, NULL, place->path);
	}
	if (!place->facts.folder) {
		return refuse(job, HOST_FAIL, "not a directory", NULL, place->path);
	}
	struct host_source *source = job->volume->host->package;
	struct value names = value_undefined();
	enum host_outcome outcome = place->root == HOST_ROOT_PACKAGE
		? source->list(source, strbuf_str(&place->name), &names)
		: job->volume->kind->list(job->volume, strbuf_str(&place->name), &names);
	if (outcome != HOST_OK) {
		return absent(job, NULL, place->path);
	}
	job->answer->value = value_object_new(1);
	value_object_set_text(&job->answer->value, "files", names);
	return HOST_OK;
}

static enum host_outcome do_list(struct job *job)
{
	struct place place;
	place_init(&place, job, "path");
	enum host_outcome outcome = list_place(job, &place);
	strbuf_finish(&place.name);
	return outcome;
}

static enum host_outcome mkdir_place(struct job *job, struct place *place)
{
	const struct host_volume_kind *kind = job->volume->kind;
	bool recursive = value_to_bool(value_get_text(job->parameters, "recursive"));
	if (place->root != HOST_ROOT_USER) {
		return denied(job, "open", place->path);
	}
	if (place->found == HOST_OK) {
		return refuse(job, HOST_FAIL, "file already exists", NULL, place->path);
	}
	if (!recursive && !place_has_parent(place, job->volume)) {
		return absent(job, NULL, place->path);
	}
	struct str name = strbuf_str(&place->name);
	for (size_t end = 4; end <= name.len; end++) { // from behind "usr/"
		if (end < name.len && name.at[end] != '/') {
			continue;
		}
		struct host_file_facts facts;
		struct str part = str_slice(name, 0, end);
		enum host_outcome found = kind->stat(job->volume, part, &facts);
		if (found == HOST_OK ? !facts.folder : kind->mkdir(job->volume, part) != HOST_OK) {
			return refuse(job, HOST_FAIL, "not a directory", NULL, place->path);
		}
	}
	return succeed(job);
}

static enum host_outcome do_mkdir(struct job *job)
{
	struct place place;
	place_init(&place, job, "path");
	enum host_outcome outcome = mkdir_place(job, &place);
	strbuf_finish(&place.name);
	return outcome;
}

/* Post-order; folders were made by the program itself, depth is bounded by the path length. */
static enum host_outcome remove_tree(struct host_volume *volume, struct str name)
{
	struct value names;
	enum host_outcome outcome = volume->kind->list(volume, name, &names);
	if (outcome != HOST_OK) {
		return outcome;
	}
	for (size_t i = 0; i < value_len(names); i++) {
		struct strbuf child = {0};
		strbuf_printf(&child, STR_FMT "/" STR_FMT, STR_ARG(name), STR_ARG(value_str(value_at(names, i))));
		struct host_file_facts facts;
		if (volume->kind->stat(volume, strbuf_str(&child), &facts) == HOST_OK) {
			outcome = facts.folder ? remove_tree(volume, strbuf_str(&child))
				: volume->kind->remove(volume, strbuf_str(&child));
		}
		strbuf_finish(&child);
	}
	value_unref(names);
	enum host_outcome removed = volume->kind->remove(volume, name);
	return outcome == HOST_OK ? removed : outcome;
}

static enum host_outcome rmdir_place(struct job *job, struct place *place)
{
	if (place->root != HOST_ROOT_USER || place->name.len <= 3) {
		return denied(job, "open", place->path);
	}
	if (place->found != HOST_OK) {
		return absent(job, NULL, place->path);
	}
	if (!place->facts.folder) {
		return refuse(job, HOST_FAIL, "not a directory", NULL, place->path);
	}
	if (value_to_bool(value_get_text(job->parameters, "recursive"))) {
		enum host_outcome outcome = remove_tree(job->volume, strbuf_str(&place->name));
		return outcome == HOST_OK ? succeed(job) : refuse(job, HOST_FAIL, "system error", "rmdir", place->path);
	}
	if (job->volume->kind->remove(job->volume, strbuf_str(&place->name)) != HOST_OK) {
		return refuse(job, HOST_FAIL, "directory not empty", NULL, (struct str){0});
	}
	return succeed(job);
}

static enum host_outcome do_rmdir(struct job *job)
{
	struct place place;
	place_init(&place, job, "path");
	enum host_outcome outcome = rmdir_place(job, &place);
	strbuf_finish(&place.name);
	return outcome;
}

static enum host_outcome unlink_place(struct job *job, struct place *place)
{
	if (place->root == HOST_ROOT_PACKAGE || place->root == HOST_ROOT_NONE) {
		return denied(job, "open", place->path);
	}
	if (place->found != HOST_OK) {
		return absent(job, "open", place->path);
	}
	if (place->facts.folder) {
		return refuse(job, HOST_FAIL, "operation not permitted", "unlink", place->path);
	}
	job->volume->kind->remove(job->volume, strbuf_str(&place->name));
	return succeed(job);
}

static enum host_outcome do_unlink(struct job *job)
{
	struct place place;
	place_init(&place, job, "path");
	enum host_outcome outcome = unlink_place(job, &place);
	strbuf_finish(&place.name);
	return outcome;
}

/* "permission denied, rename 'A' -> 'B'" */
static enum host_outcome refuse_pair(struct job *job, enum host_outcome outcome, const char *what, const char *verb,
	const struct place *from, const struct place *to)
{
	struct strbuf text = {0};
	strbuf_printf(&text, "%s, %s '" STR_FMT "' -> '" STR_FMT "'", what, verb, STR_ARG(from->path), STR_ARG(to->path));
	enum host_outcome result = host_refuse(job->answer, outcome, text.at);
	strbuf_finish(&text);
	return result;
}

static enum host_outcome move_place(struct job *job, const char *verb, struct place *from, struct place *to)
{
	bool writable = from->root != HOST_ROOT_PACKAGE && from->root != HOST_ROOT_NONE && from->name.len > 3;
	if (!writable || to->root != HOST_ROOT_USER || to->name.len <= 3) {
		return refuse_pair(job, HOST_DENIED, "permission denied", verb, from, to);
	}
	struct str source = strbuf_str(&from->name), target = strbuf_str(&to->name);
	bool inside = str_starts(target, source) && target.len > source.len && target.at[source.len] == '/';
	if (from->found != HOST_OK || !place_has_parent(to, job->volume) || inside) {
		return refuse_pair(job, HOST_NOT_FOUND, "no such file or directory", verb, from, to);
	}
	if (str_eq(source, target)) {
		return succeed(job);
	}
	if (place_is_folder(to) || (from->facts.folder && to->found == HOST_OK)) {
		return refuse_pair(job, HOST_FAIL, "file already exists", verb, from, to);
	}
	bool moves_in = from->root == HOST_ROOT_TEMP && !fits(job->volume, from->facts.size);
	if (moves_in) {
		return refuse(job, HOST_TOO_LARGE, FULL, NULL, (struct str){0});
	}
	if (job->volume->kind->rename(job->volume, source, target) != HOST_OK) {
		return refuse_pair(job, HOST_FAIL, "system error", verb, from, to);
	}
	return succeed(job);
}

static enum host_outcome do_rename(struct job *job)
{
	struct place from, to;
	place_init(&from, job, "from");
	place_init(&to, job, "to");
	enum host_outcome outcome = move_place(job, "rename", &from, &to);
	strbuf_finish(&from.name);
	strbuf_finish(&to.name);
	return outcome;
}

static enum host_outcome copy_place(struct job *job, struct place *from, struct place *to)
{
	if (from->root == HOST_ROOT_NONE || to->root != HOST_ROOT_USER) {
		return refuse_pair(job, HOST_DENIED, "permission denied", "copyFile", from, to);
	}
	struct host_bytes *bytes = NULL;
	if (!place_is_file(from) || !place_has_parent(to, job->volume) || load(job->volume, from, &bytes) != HOST_OK) {
		return refuse_pair(job, HOST_NOT_FOUND, "no such file or directory", "copyFile", from, to);
	}
	enum host_outcome outcome = write_place(job, to, host_bytes_str(bytes), false, "copyFile");
	host_bytes_unref(bytes);
	return outcome;
}

static enum host_outcome do_copy(struct job *job)
{
	struct place from, to;
	place_init(&from, job, "from");
	place_init(&to, job, "to");
	enum host_outcome outcome = copy_place(job, &from, &to);
	strbuf_finish(&from.name);
	strbuf_finish(&to.name);
	return outcome;
}

static enum host_outcome truncate_place(struct job *job, struct place *place)
{
	double length = value_to_number(value_get_text(job->parameters, "length"));
	if (place->root != HOST_ROOT_USER) {
		return denied(job, "open", place->path);
	}
	if (!place_is_file(place)) {
		return place_is_folder(place) ? refuse(job, HOST_FAIL, "illegal operation on a directory", "open", place->path)
			: absent(job, "open", place->path);
	}
	if (!(length >= 0)) {
		length = 0;
	}
	if (length > (double)HOST_FILE_SIZE_MAX) {
		return refuse(job, HOST_TOO_LARGE, FULL, NULL, (struct str){0});
	}
	struct host_bytes *old = NULL;
	if (load(job->volume, place, &old) != HOST_OK) {
		return absent(job, "open", place->path);
	}
	struct host_bytes *cut = host_bytes_new(NULL, (size_t)length);
	for (size_t i = 0; i < cut->len && i < old->len; i++) {
		cut->at[i] = old->at[i];
	}
	enum host_outcome outcome = write_place(job, place, host_bytes_str(cut), false, "open");
	host_bytes_unref(old);
	host_bytes_unref(cut);
	return outcome;
}

static enum host_outcome do_truncate(struct job *job)
{
	struct place place;
	place_init(&place, job, "path");
	enum host_outcome outcome = truncate_place(job, &place);
	strbuf_finish(&place.name);
	return outcome;
}

/* A name that is free: "tmp_" or "store_", 32 random hex digits and the extension. */
static void new_name(struct host_volume *volume, const char *prefix, struct str extension, struct strbuf *out)
{
	struct host_file_facts facts;
	do {
		strbuf_clear(out);
		unsigned long long high = volume->host->clock->random(volume->host), low = volume->host->clock->random(volume->host);
		strbuf_printf(out, "%s%016llx%016llx", prefix, high, low);
		bool plain = extension.len > 0 && extension.len <= 16;
		for (size_t i = 0; plain && i < extension.len; i++) {
			char c = extension.at[i];
			plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		}
		if (plain) {
			strbuf_printf(out, "." STR_FMT, STR_ARG(extension));
		}
	} while (volume->kind->stat(volume, strbuf_str(out), &facts) == HOST_OK);
}

static void answer_path(struct job *job, struct str name)
{
	struct strbuf path = {0};
	strbuf_printf(&path, "wxfile://" STR_FMT, STR_ARG(name));
	job->answer->value = value_object_new(1);
	value_object_set_text(&job->answer->value, "path", value_take(&path));
}

/* Temporary files may be larger than what a program reads at once: a download of 64 MB is one. */
static enum host_outcome do_temp(struct job *job)
{
	struct strbuf name = {0};
	new_name(job->volume, "tmp_", value_str(value_get_text(job->parameters, "extension")), &name);
	enum host_outcome outcome = job->volume->kind->write(job->volume, strbuf_str(&name), host_bytes_str(job->body), false);
	if (outcome == HOST_OK) {
		answer_path(job, strbuf_str(&name));
	} else {
		outcome = refuse(job, HOST_FAIL, "system error", "open", strbuf_str(&name));
	}
	strbuf_finish(&name);
	return outcome;
}

static enum host_outcome save_as_new(struct job *job, struct place *from)
{
	struct host_volume *volume = job->volume;
	struct value names;
	size_t saved = 0;
	if (volume->kind->list(volume, STR(""), &names) == HOST_OK) {
		for (size_t i = 0; i < value_len(names); i++) {
			struct host_file_facts facts;
			struct str name = value_str(value_at(names, i));
			if (str_starts(name, STR("store_")) && volume->kind->stat(volume, name, &facts) == HOST_OK) {
				saved += facts.size;
			}
		}
		value_unref(names);
	}
	if (saved + from->facts.size > HOST_FILE_SAVED_MAX || !fits(volume, from->facts.size)) {
		return refuse(job, HOST_TOO_LARGE, FULL, NULL, (struct str){0});
	}
	struct str old = strbuf_str(&from->name);
	size_t dot = str_rfind_char(old, '.');
	struct strbuf name = {0};
	new_name(volume, "store_", dot == SIZE_MAX ? STR("") : str_slice(old, dot + 1, old.len), &name);
	enum host_outcome outcome = volume->kind->rename(volume, old, strbuf_str(&name));
	if (outcome == HOST_OK) {
		answer_path(job, strbuf_str(&name));
	} else {
		outcome = refuse(job, HOST_FAIL, "system error", "open", from->path);
	}
	strbuf_finish(&name);
	return outcome;
}

static enum host_outcome do_save(struct job *job)
{
	struct place from, to;
	place_init(&from, job, "from");
	place_init(&to, job, "to");
	enum host_outcome outcome;
	if (from.root != HOST_ROOT_TEMP || !place_is_file(&from)) {
		outcome = refuse(job, HOST_NOT_FOUND, "tempFilePath file not exist", NULL, (struct str){0});
	} else if (!value_has(job->parameters, STR("to"))) {
		outcome = save_as_new(job, &from);
	} else if (to.root != HOST_ROOT_USER || to.name.len <= 3) {
		outcome = denied(job, "open", to.path);
	} else {
		outcome = move_place(job, "saveFile", &from, &to);
		if (outcome == HOST_OK) {
			value_unref(job->answer->value);
			answer_path(job, strbuf_str(&to.name));
		}
	}
	strbuf_finish(&from.name);
	strbuf_finish(&to.name);
	return outcome;
}

static int compare_saved(const void *a, const void *b)
{
	struct value x = *(const struct value *)a, y = *(const struct value *)b;
	double s = value_to_number(value_get_text(x, "createTime")), t = value_to_number(value_get_text(y, "createTime"));
	return s < t ? -1 : s > t ? 1 : str_compare(value_str(value_get_text(x, "path")), value_str(value_get_text(y, "path")));
}

static enum host_outcome do_saved(struct job *job)
{
	struct host_volume *volume = job->volume;
	struct value names = value_undefined();
	VEC(struct value) items = {0};
	if (volume->kind->list(volume, STR(""), &names) != HOST_OK) {
		names = value_array_new(0);
	}
	for (size_t i = 0; i < value_len(names); i++) {
		struct host_file_facts facts;
		struct str name = value_str(value_at(names, i));
		if (!str_starts(name, STR("store_")) || volume->kind->stat(volume, name, &facts) != HOST_OK) {
			continue;
		}
		struct strbuf path = {0};
		strbuf_printf(&path, "wxfile://" STR_FMT, STR_ARG(name));
		struct value item = value_object_new(3);
		value_object_set_text(&item, "path", value_take(&path));
		value_object_set_text(&item, "size", value_number((double)facts.size));
		value_object_set_text(&item, "createTime", value_number(floor(facts.created / 1000)));
		vec_push(&items, item);
	}
	value_unref(names);
	if (items.len) {
		qsort(items.at, items.len, sizeof(*items.at), compare_saved);
	}
	struct value files = value_array_new(items.len);
	for (size_t i = 0; i < items.len; i++) {
		value_array_push(&files, items.at[i]);
	}
	vec_finish(&items);
	job->answer->value = value_object_new(1);
	value_object_set_text(&job->answer->value, "files", files);
	return HOST_OK;
}

enum host_outcome host_volume_do(struct host_volume *volume, enum host_volume_verb verb, struct value parameters,
	struct host_bytes *body, struct host_answer *ret_answer)
{
	static enum host_outcome (*const verbs[])(struct job *job) = {
		[HOST_VOLUME_READ] = do_read,
		[HOST_VOLUME_WRITE] = do_write,
		[HOST_VOLUME_STAT] = do_stat,
		[HOST_VOLUME_LIST] = do_list,
		[HOST_VOLUME_MKDIR] = do_mkdir,
		[HOST_VOLUME_RMDIR] = do_rmdir,
		[HOST_VOLUME_UNLINK] = do_unlink,
		[HOST_VOLUME_RENAME] = do_rename,
		[HOST_VOLUME_COPY] = do_copy,
		[HOST_VOLUME_TRUNCATE] = do_truncate,
		[HOST_VOLUME_TEMP] = do_temp,
		[HOST_VOLUME_SAVE] = do_save,
		[HOST_VOLUME_SAVED] = do_saved,
	};
	struct job job = {volume, parameters, body, ret_answer};
	*ret_answer = (struct host_answer){0};
	return verbs[verb](&job);
}

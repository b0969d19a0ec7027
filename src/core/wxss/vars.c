/* CSS Custom Properties 1: cascading, cycles, substitution. */
#include "core/wxss/vars.h"

#define VAR_DEPTH_MAX 32
#define VAR_TEXT_MAX 65536

enum var_state { VAR_UNSEEN, VAR_RUNNING, VAR_DONE };

struct substitution {
	struct style_vars *own;     // being computed, or NULL
	const struct style_vars *inherited;
	const struct str *raw;      // declared texts of own->items
	unsigned char *states;
	int depth;
};

static bool resolve(struct substitution *s, size_t index);
static bool substitute(struct substitution *s, struct str text, struct strbuf *out);

static bool find_own(const struct style_vars *own, atom_t name, size_t *ret_index)
{
	size_t low = 0, high = own ? own->count : 0;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (own->items[middle].name < name) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	*ret_index = low;
	return own && low < own->count && own->items[low].name == name;
}

static bool lookup(struct substitution *s, atom_t name, struct str *ret_text)
{
	size_t index;
	if (!find_own(s->own, name, &index)) {
		return wxss_vars_get(s->inherited, name, ret_text);
	}
	if (!resolve(s, index)) {
		return false;
	}
	*ret_text = s->own->items[index].text;
	return true;
}

static bool glues(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '#'
		|| c == '.' || c == '%' || c == '@' || (unsigned char)c >= 0x80;
}

/* Tokens on both sides stay apart from what is put in between. */
static void add_apart(struct strbuf *out, struct str text)
{
	if (text.len && out->len && glues(out->at[out->len - 1]) && glues(text.at[0])) {
		strbuf_add_text(out, "/**/");
	}
	strbuf_add(out, text);
}

/* Behind "var(": the name, maybe a fallback; leaves lex behind the ")". */
static bool substitute_one(struct substitution *s, struct wxss_lex *lex, struct strbuf *out)
{
	struct wxss_token name = wxss_lex_next_solid(lex), next = wxss_lex_next_solid(lex);
	bool good = name.kind == TOK_IDENT && str_starts(name.text, STR("--"));
	struct str fallback = {0}, text;
	bool has_fallback = next.kind == TOK_COMMA;
	if (has_fallback) {
		size_t from = lex->pos;
		wxss_lex_skip_block(lex, TOK_FUNCTION);
		size_t to = lex->pos > from && lex->text.at[lex->pos - 1] == ')' ? lex->pos - 1 : lex->pos;
		fallback = str_trim(str_slice(lex->text, from, to));
	} else if (next.kind != TOK_CLOSE_ROUND && next.kind != TOK_EOF) {
		return false;
	}
	if (!good) {
		return false;
	}
	if (lookup(s, atom_find(name.text), &text)) {
		add_apart(out, text);
		return true;
	}
	return has_fallback && substitute(s, fallback, out);
}

static bool substitute(struct substitution *s, struct str text, struct strbuf *out)
{
	struct wxss_lex lex = {.text = text};
	bool good = ++s->depth <= VAR_DEPTH_MAX, behind = false;
	while (good) {
		struct wxss_token token = wxss_lex_next(&lex);
		if (token.kind == TOK_EOF) {
			break;
		}
		if (token.kind == TOK_FUNCTION && str_eq_nocase(token.text, STR("var"))) {
			good = substitute_one(s, &lex, out);
			behind = true;
		} else {
			struct str raw = str_slice(text, token.offset, lex.pos);
			if (behind) {
				add_apart(out, raw);
			} else {
				strbuf_add(out, raw);
			}
			behind = false;
		}
		good = good && out->len <= VAR_TEXT_MAX;
	}
	s->depth--;
	return good;
}

/* A variable that needs itself has no value. */
static bool resolve(struct substitution *s, size_t index)
{
	struct wxss_var *var = &s->own->items[index];
	if (s->states[index] == VAR_RUNNING) {
		var->invalid = true;
		return false;
	}
	if (s->states[index] == VAR_UNSEEN) {
		struct strbuf text = {0};
		s->states[index] = VAR_RUNNING;
		bool good = substitute(s, s->raw[index], &text);
		s->states[index] = VAR_DONE;
		var->invalid = var->invalid || !good;
		if (!var->invalid) {
			struct str trimmed = str_trim(strbuf_str(&text));
			var->text = (struct str){mem_strdup(trimmed.at ? trimmed.at : "", trimmed.len), trimmed.len};
		}
		strbuf_finish(&text);
	}
	return !var->invalid;
}

static void insert(struct style_vars *own, struct str *raw, atom_t name, struct str text)
{
	size_t index;
	if (find_own(own, name, &index)) {
		raw[index] = text;
		return;
	}
	size_t tail = own->count - index;
	memmove(&own->items[index + 1], &own->items[index], tail * sizeof(*own->items));
	memmove(&raw[index + 1], &raw[index], tail * sizeof(*raw));
	memset(&own->items[index], 0, sizeof(*own->items));
	own->items[index].name = name;
	raw[index] = text;
	own->count++;
}

struct style_vars *wxss_vars_compute(struct style_vars *parent, const struct wxss_decl *const *decls, size_t count)
{
	if (!count) {
		return wxss_vars_ref(parent);
	}
	struct style_vars *own = mem_alloc(sizeof(*own) + count * sizeof(*own->items));
	struct str *raw = mem_alloc_array(count, sizeof(*raw));
	own->refs = 1;
	for (size_t i = 0; i < count; i++) {
		insert(own, raw, decls[i]->custom, decls[i]->text);
	}
	struct substitution s = {own, parent, raw, mem_alloc(own->count), 0};
	for (size_t i = 0; i < own->count; i++) {
		struct str inherited;
		if (str_eq_nocase(raw[i], STR("inherit")) || str_eq_nocase(raw[i], STR("unset"))) {
			own->items[i].invalid = !wxss_vars_get(parent, own->items[i].name, &inherited);
			own->items[i].text = (struct str){0};
			if (!own->items[i].invalid) {
				own->items[i].text = (struct str){mem_strdup(inherited.at ? inherited.at : "", inherited.len), inherited.len};
			}
			s.states[i] = VAR_DONE;
		} else if (str_eq_nocase(raw[i], STR("initial"))) {
			own->items[i].invalid = true;
			s.states[i] = VAR_DONE;
		}
	}
	for (size_t i = 0; i < own->count; i++) {
		(void)resolve(&s, i);
	}
	own->parent = wxss_vars_ref(parent);
	mem_free(s.states);
	mem_free(raw);
	return own;
}

bool wxss_vars_substitute(const struct style_vars *vars, struct str text, struct strbuf *out)
{
	struct substitution s = {.inherited = vars};
	return substitute(&s, text, out);
}

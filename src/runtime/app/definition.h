/* What pages and custom components are made from: their files, and what their scripts say of them (framework.md,
 * sections 5 and 10). Owned by the app, made on first use, as long-lived as it. */
#ifndef MINA_APP_DEFINITION_H
#define MINA_APP_DEFINITION_H

#include "core/wxml/wxml.h"
#include "core/wxss/cascade.h"
#include "runtime/app/app.h"

enum isolation { // options.styleIsolation
	ISOLATED,
	APPLY_SHARED, // the page's rules reach it
	SHARED,       // and its own rules reach the page and its like
	PAGE_ISOLATED, PAGE_APPLY_SHARED, PAGE_SHARED, // of a page made by Component()
};

enum property_type { // bits: several may be right
	PROPERTY_ANY = 1 << 0,
	PROPERTY_STRING = 1 << 1,
	PROPERTY_NUMBER = 1 << 2,
	PROPERTY_BOOLEAN = 1 << 3,
	PROPERTY_OBJECT = 1 << 4,
	PROPERTY_ARRAY = 1 << 5,
	PROPERTY_FUNCTION = 1 << 6,
};

struct property {
	struct str name;      // "myProp"
	atom_t camel, dashed; // as attributes: "myProp", "my-prop"
	enum property_type type;
	unsigned optional;    // optionalTypes: enum property_type
	struct value fallback;
};

struct used { // a tag and what it stands for
	atom_t tag;
	struct value path;             // as written in usingComponents, or {default} of componentGenerics
	struct str file;               // the JSON file that says so, without its suffix
	struct definition *definition; // once it was looked up
	bool looked_up;
};

struct calm_key { // see definition_is_calm()
	atom_t key;
	bool calm;
	unsigned epoch; // app.calm_epoch when it was looked up
};

struct definition {
	struct app *app;
	struct strbuf path;
	uint32_t number; // from 1
	struct page_config *config;
	const struct wxml_program *program;
	const struct sheet *sheet;
	VEC(struct used) used, generics;
	VEC(struct property) properties;
	VEC(atom_t) external_classes;
	struct value description, data; // data: what each instance begins with
	enum isolation isolation;
	bool multiple_slots, hollow;
	unsigned form_roles; // enum node_form_role
	bool observed;  // has observers: data change through the script alone
	bool watched;   // properties have observers of their own
	bool quiet;     // nothing of its script runs when its owner changes its properties
	bool mute;      // nothing of its script runs at all, unless another one asks for it
	bool moves;     // its script hears when it has moved
	bool has_created;
	bool told;      // some object of it has asked for its data, and hears of its properties since
	VEC(struct calm_key) calm;
	bool leaf;      // its template holds no custom component: it may be rendered with the next frame
	bool scripted;  // there are view scripts (WXS) in the app: its elements may be watched by them
};

/* Without a suffix; NULL: there is no such component (told once). A page's is never NULL. */
struct definition *definition_get(struct app *app, struct str path, bool page);
void definitions_finish(struct app *app);
/* What a tag in its template stands for; NULL: no custom component. */
struct definition *definition_find_used(struct definition *definition, atom_t tag);
bool definition_uses(const struct definition *definition, atom_t tag); // without looking it up
const struct property *definition_property(const struct definition *definition, atom_t attribute);
/* No script can tell when its template is run after a change of this data key: nothing is made or moved, and no component hears of
 * it, at any depth. Then the frame is early enough. */
bool definition_is_calm(struct definition *definition, struct str key);
const char *property_type_name(enum property_type type); // "String"
/* As the property's type has it (framework.md 10.1); new. A value that does not fit gives what stands for the type, and false. */
bool property_convert(const struct property *property, struct value given, struct value *ret_value);

#endif

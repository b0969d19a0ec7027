/* The table of words, and those that scopes have. */
#include "host/words.h"

static const char *const words[HOST_WORD_COUNT][2] = {
#define HOST_WORD_ROW(name, chinese, english) [HOST_WORD_##name] = {chinese, english},
	HOST_WORDS(HOST_WORD_ROW)
};

static const struct {
	const char *scope;
	enum host_word word;
} scopes[] = {
	{"scope.userInfo", HOST_WORD_SCOPE_USER_INFO},
	{"scope.userLocation", HOST_WORD_SCOPE_LOCATION},
	{"scope.userFuzzyLocation", HOST_WORD_SCOPE_LOCATION},
	{"scope.userLocationBackground", HOST_WORD_SCOPE_LOCATION_BACKGROUND},
	{"scope.address", HOST_WORD_SCOPE_ADDRESS},
	{"scope.invoiceTitle", HOST_WORD_SCOPE_INVOICE_TITLE},
	{"scope.invoice", HOST_WORD_SCOPE_INVOICE},
	{"scope.werun", HOST_WORD_SCOPE_WE_RUN},
	{"scope.record", HOST_WORD_SCOPE_RECORD},
	{"scope.writePhotosAlbum", HOST_WORD_SCOPE_ALBUM},
	{"scope.camera", HOST_WORD_SCOPE_CAMERA},
	{"scope.bluetooth", HOST_WORD_SCOPE_BLUETOOTH},
	{"scope.addPhoneContact", HOST_WORD_SCOPE_CONTACT},
	{"scope.addPhoneCalendar", HOST_WORD_SCOPE_CALENDAR},
};

struct str host_word(enum host_word word, bool english)
{
	return str_of(words[word][english]);
}

bool host_is_english(struct str language)
{
	return str_starts(language, STR("en"));
}

enum host_word host_scope_word(struct str scope)
{
	for (size_t i = 0; i < ARRAY_LEN(scopes); i++) {
		if (str_is(scope, scopes[i].scope)) {
			return scopes[i].word;
		}
	}
	return HOST_WORD_SCOPE_OTHER;
}

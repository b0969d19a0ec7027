/* Looks up keywords by halving. */
#include "core/wxss/keyword.h"

static const char *const words[];

static int compare_nocase(struct str name, const char *word)
{
	for (size_t i = 0; i < name.len; i++) {
		int a = (unsigned char)name.at[i], b = (unsigned char)word[i];
		a = a >= 'A' && a <= 'Z' ? a + 32 : a;
		if (a != b) {
			return a - b;
		}
	}
	return -(int)(unsigned char)word[name.len];
}

enum wxss_keyword wxss_keyword_find(struct str name)
{
	int low = 1, high = KW_COUNT - 1;
	while (low <= high) {
		int middle = (low + high) / 2;
		int order = compare_nocase(name, words[middle]);
		if (order == 0) {
			return (enum wxss_keyword)middle;
		}
		if (order < 0) {
			high = middle - 1;
		} else {
			low = middle + 1;
		}
	}
	return KW_UNKNOWN;
}

const char *wxss_keyword_text(enum wxss_keyword keyword) { return words[keyword]; }

static const char *const words[] = {
	"",
#define KEYWORD(name, text) text,
#include "core/wxss/keyword.def"
#undef KEYWORD
};

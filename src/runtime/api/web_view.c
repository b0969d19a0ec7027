/* What <web-view> asks for: its page, by the host's network. */
#include "runtime/api/api.h"

static void tell(struct api_call *call, bool ok, struct value result)
{
	struct page *page = app_page_by_id(call->app, call->page);
	struct value answer = value_unshared(value_ref(result));
	value_object_set_text(&answer, "url", value_ref(value_get_text(call->parameters, "url")));
	if (page) {
		view_answer(page_view(page), call->node, answer);
		page_settle(page);
	}
	value_unref(answer);
}

void api_web_view(struct api_dispatcher *dispatcher, struct app *app, struct page *page, struct value data, slot_id node)
{
	app_log(app, APP_LOG_WARN, "web-view: this host has no web engine: the page is fetched, but neither shown nor run, and bindmessage "
		"is never told");
	api_start(dispatcher, api_find(STR("request")), data, page, node, tell);
}

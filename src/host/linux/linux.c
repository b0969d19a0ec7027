/* Puts a Linux host together. */
#include "host/linux/linux.h"

#include "base/mem.h"
#include "border/net/http.h"
#include "host/linux/part.h"

#include <errno.h>
#include <string.h>

/* "Asia/Shanghai" from $TZ or the system; "UTC" when nobody says. */
static char *find_time_zone(const char *wanted)
{
	GTimeZone *zone = wanted ? g_time_zone_new_identifier(wanted) : g_time_zone_new_local();
	const char *name = zone ? g_time_zone_get_identifier(zone) : "UTC";
	char *copy = mem_strdup(name, strlen(name));
	g_clear_pointer(&zone, g_time_zone_unref);
	return copy;
}

struct linux_host *linux_host_create(const struct linux_config *config, char **ret_error)
{
	struct linux_host *linux_host = mem_alloc(sizeof(*linux_host));
	if (!linux_file_init(linux_host, config)) {
		struct strbuf text = {0};
		strbuf_printf(&text, "cannot make the folder %s: %s", linux_host->folder_path, strerror(errno));
		*ret_error = strbuf_steal(&text);
		linux_host->forget = false;
		linux_file_finish(linux_host);
		mem_free(linux_host);
		return NULL;
	}
	linux_host->host = (struct host){
		.clock = &linux_clock,
		.net = &linux_net,
		.file = &linux_file,
		.store = &linux_store,
		.ui = &linux_ui,
		.screen = &linux_screen,
		.device = &linux_device,
		.user = linux_host,
	};
	linux_host->time_zone = find_time_zone(config->time_zone);
	linux_host->brightness = 0.5;
	linux_host->screen = (struct host_screen_info){.width = 375, .height = 667, .dpr = 2, .status_bar_height = 20,
		.safe_area = {.top = 20}, .menu_button = {281, 24, 87, 32}, .navigation_bar_height = 44, .tab_bar_height = 48};
	linux_clock_init(linux_host);
	linux_store_init(linux_host);
	host_overlay_init(&linux_host->overlay, &linux_host->host, linux_ui.keyboard_height);
	return linux_host;
}

void linux_host_destroy(struct linux_host *linux_host)
{
	if (!linux_host) {
		return;
	}
	assert(linux_host->in_flight == 0 && "a request is still in flight");
	assert(!linux_host->host.listeners && "a listener outlives its host");
	http_session_destroy(linux_host->http);
	host_overlay_finish(&linux_host->overlay);
	linux_store_finish(linux_host);
	linux_file_finish(linux_host);
	linux_clock_finish(linux_host);
	value_unref(linux_host->clipboard);
	mem_free(linux_host->time_zone);
	mem_free(linux_host);
}

void linux_host_resize(struct linux_host *linux_host, float width, float height, float dpr)
{
	struct host_screen_info *screen = &linux_host->screen;
	screen->width = width;
	screen->height = height;
	screen->dpr = dpr;
	screen->menu_button.x = width - 94; // 7 px from the right, as the simulated one's
	host_tell_resize(&linux_host->host, screen);
}

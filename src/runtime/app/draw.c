/* The current picture: the page into its area, bars and overlays around it. */
#include "runtime/app/inside.h"

static void replaced(void *user, struct gfx_canvas *canvas, const struct paint_item *item)
{
	struct app *app = user;
	struct page *top = app_top(app);
	if (top) {
		view_paint_replaced(top->view, item, canvas);
	}
}

void app_draw_page(struct app *app, struct page *page, struct gfx_surface *surface, float dpr)
{
	app->gfx.replaced = replaced;
	app->gfx.user = app;
	gfx_show(surface, view_display_list(page->view), dpr, &app->gfx);
}

/* The page area's own surface, kept while its size stays. */
static struct gfx_surface *page_surface(struct app *app, int width, int height)
{
	struct gfx_surface *surface = app->page_surface;
	if (surface && (gfx_surface_width(surface) != width || gfx_surface_height(surface) != height)) {
		gfx_surface_destroy(surface);
		surface = NULL;
	}
	app->page_surface = surface ? surface : gfx_surface_create(width, height);
	return app->page_surface;
}

/* Before the keyboard it stands higher, and what is above its area is not seen. */
static void put_page(struct gfx_canvas *canvas, struct gfx_surface *page, struct rect area, float lift)
{
	gfx_canvas_save(canvas);
	gfx_canvas_begin(canvas);
	gfx_canvas_rect(canvas, area);
	gfx_canvas_clip(canvas, false);
	area.y -= lift;
	gfx_canvas_surface(canvas, page, (struct rect){0}, area);
	gfx_canvas_restore(canvas);
}

void app_draw(struct app *app, struct gfx_surface *surface, float dpr)
{
	struct page *top = app_top(app);
	if (!app->options.chrome && !(top && view_lift(top->view) > 0)) {
		if (top) {
			app_draw_page(app, top, surface, dpr);
		}
		return;
	}
	struct gfx_canvas *canvas = gfx_canvas_create(surface, &app->gfx, dpr);
	struct rect screen = {0, 0, (float)gfx_surface_width(surface) / dpr, (float)gfx_surface_height(surface) / dpr};
	gfx_canvas_set_color(canvas, 0xffffffff);
	gfx_canvas_begin(canvas);
	gfx_canvas_rect(canvas, screen);
	gfx_canvas_fill(canvas, false);
	if (top) {
		struct rect area = app_page_area(app, top);
		struct gfx_surface *page = page_surface(app, (int)lroundf(area.width * dpr), (int)lroundf(area.height * dpr));
		if (page) {
			app_draw_page(app, top, page, dpr);
			put_page(canvas, page, area, view_lift(top->view));
		}
	}
	if (top && app->options.chrome) {
		app_chrome_draw(app, canvas);
	}
	gfx_canvas_destroy(canvas);
}

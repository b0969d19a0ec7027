/* All rows of the wx API, group by group. */
#include "runtime/api/api.h"

static const struct api *const groups[];

const struct api *api_at(size_t index)
{
	for (size_t group = 0; groups[group]; group++) {
		const struct api *row = groups[group];
		for (; row->name; row++) {
			if (index-- == 0) {
				return row;
			}
		}
	}
	return NULL;
}

const struct api *api_find(struct str name)
{
	for (size_t group = 0; groups[group]; group++) {
		for (const struct api *row = groups[group]; row->name; row++) {
			if (str_is(name, row->name)) {
				return row;
			}
		}
	}
	return NULL;
}

const struct api_class *api_class_at(size_t index)
{
	static const struct api_class *const classes[] = {&api_canvas, &api_selector_query, &api_nodes_ref, &api_scroll_view_context, &api_animation, &api_intersection_observer,
		&api_media_query_observer, &api_video_context, &api_map_context, &api_audio_context, &api_camera_context, &api_live_player_context, &api_live_pusher_context, &api_inner_audio, &api_background_audio};
	return index < ARRAY_LEN(classes) ? classes[index] : NULL;
}

static const struct api *const groups[] = {
	api_base_rows,
	api_network_rows,
	api_storage_rows,
	api_system_rows,
	api_ui_rows,
	api_keyboard_rows,
	api_route_rows,
	api_query_rows,
	api_observe_rows,
	api_animation_rows,
	api_media_rows,
	api_sound_rows,
	api_map_rows,
	api_canvas_rows,
	api_image_rows,
	api_share_rows,
	api_open_rows,
	api_planned_rows,
	NULL,
};

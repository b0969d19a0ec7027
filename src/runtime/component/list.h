/* The rows of all built-in components, one a file. */
#ifndef MINA_COMPONENT_LIST_H
#define MINA_COMPONENT_LIST_H

#include "runtime/component/component.h"

extern const struct component component_view;
extern const struct component component_text_row;
extern const struct component component_image;
extern const struct component component_button;
extern const struct component component_icon;
extern const struct component component_navigator;
extern const struct component component_scroll_view;
extern const struct component component_input;
extern const struct component component_page_meta;
extern const struct component component_open_data;
extern const struct component component_rich_text;
extern const struct component component_progress;
extern const struct component component_match_media;
extern const struct component component_cover_view;
extern const struct component component_share_element;
extern const struct component component_cover_image;
extern const struct component component_root_portal;
extern const struct component component_page_container;
extern const struct component component_navigation_bar;
extern const struct component component_ad;
extern const struct component component_ad_custom;
extern const struct component component_official_account;
extern const struct component component_channel_live;
extern const struct component component_channel_video;
extern const struct component component_contact_button;
extern const struct component component_functional_page_navigator;
extern const struct component component_web_view;
extern const struct component component_label;
extern const struct component component_checkbox;
extern const struct component component_checkbox_group;
extern const struct component component_radio;
extern const struct component component_radio_group;
extern const struct component component_switch;
extern const struct component component_form;
extern const struct component component_textarea;
extern const struct component component_keyboard_accessory;
extern const struct component component_swiper;
extern const struct component component_swiper_item;
extern const struct component component_picker;
extern const struct component component_picker_view;
extern const struct component component_picker_view_column;
extern const struct component component_slider;
extern const struct component component_movable_area;
extern const struct component component_movable_view;
extern const struct component component_screen;
extern const struct component component_video;
extern const struct component component_audio;
extern const struct component component_camera;
extern const struct component component_canvas;
extern const struct component component_live_player;
extern const struct component component_live_pusher;
extern const struct component component_voip_room;
extern const struct component component_map;

#endif

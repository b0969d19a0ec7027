/* Every word that the host and the engine draw themselves, in the languages of the device: Chinese, and English for
 * "en". To add one: a row. What a program gives (its titles, its confirmText) stands as it was given. */
#ifndef MINA_HOST_WORDS_H
#define MINA_HOST_WORDS_H

#include "base/str.h"

#define HOST_WORDS(X) \
	X(CANCEL, "取消", "Cancel") \
	X(CONFIRM, "确定", "OK") \
	X(SEND, "发送", "Send") \
	X(SEND_TO, "发送给", "Send to") \
	X(SEARCH, "搜索", "Search") \
	X(NEXT, "下一项", "Next") \
	X(GO, "前往", "Go") \
	X(DONE, "完成", "Done") \
	X(DELETE, "删除", "Delete") \
	X(SPACE, "空格", "space") \
	X(RETURN, "换行", "return") \
	X(YEAR, "年", "") \
	X(MONTH, "月", "") \
	X(DAY, "日", "") \
	X(SHARE, "转发", "Forward to chat") \
	X(SHARE_TIMELINE, "分享到朋友圈", "Share on Moments") \
	X(FAVORITE, "收藏", "Add to favorites") \
	X(HOME, "返回首页", "Back to home") \
	X(MINI_PROGRAM, "小程序", "Mini Program") \
	X(IN_BACKGROUND, "小程序在后台", "In the background") \
	X(ALLOW, "允许", "Allow") \
	X(REJECT, "拒绝", "Don't allow") \
	X(ASKS_FOR, "申请", "asks to") \
	X(SCOPE_OTHER, "使用这项权限", "use this permission") \
	X(SCOPE_USER_INFO, "获取你的昵称、头像", "get your nickname and profile photo") \
	X(SCOPE_LOCATION, "获取你的位置信息", "get your location") \
	X(SCOPE_LOCATION_BACKGROUND, "在后台获取你的位置信息", "get your location in the background") \
	X(SCOPE_ADDRESS, "获取你的通讯地址", "get your mailing address") \
	X(SCOPE_INVOICE_TITLE, "获取你的发票抬头", "get your invoice titles") \
	X(SCOPE_INVOICE, "获取你的发票", "get your invoices") \
	X(SCOPE_WE_RUN, "获取你的微信运动步数", "get your WeRun steps") \
	X(SCOPE_RECORD, "使用你的麦克风", "use your microphone") \
	X(SCOPE_ALBUM, "保存图片或视频到你的相册", "save pictures and videos to your album") \
	X(SCOPE_CAMERA, "使用你的摄像头", "use your camera") \
	X(SCOPE_BLUETOOTH, "使用你的蓝牙", "use Bluetooth") \
	X(SCOPE_CONTACT, "添加到你的手机通讯录", "add to your phone's contacts") \
	X(SCOPE_CALENDAR, "添加到你的系统日历", "add to your calendar") \
	X(AD, "广告", "Advertisement") \
	X(OFFICIAL_ACCOUNT, "公众号关注组件", "Official account") \
	X(CHANNEL_LIVE, "视频号直播", "Channels live") \
	X(CHANNEL_VIDEO, "视频号视频", "Channels video") \
	X(DANMU, "弹幕", "Comments") \
	X(VOLUME, "音量", "Volume") \
	X(BRIGHTNESS, "亮度", "Brightness") \
	X(NO_CALLS, "voip-room 不支持", "voip-room is not supported") \
	X(WEB_LOADED, "网页已加载；本机没有网页引擎，无法显示", "The page was loaded; there is no web engine here to show it") \
	X(WEB_FAILED, "无法打开网页", "The page cannot be opened") \
	X(UNKNOWN_SOUND, "未知音频", "Unknown audio") \
	X(UNKNOWN_AUTHOR, "未知作者", "Unknown artist")

enum host_word {
#define HOST_WORD_NAME(name, chinese, english) HOST_WORD_##name,
	HOST_WORDS(HOST_WORD_NAME)
#undef HOST_WORD_NAME
	HOST_WORD_COUNT
};

struct str host_word(enum host_word word, bool english); // static
/* A language as wx.getSystemInfo has it: "zh_CN", "zh_TW", "en". */
bool host_is_english(struct str language);
/* What a scope ("scope.camera") lets a program do, as its dialog says it. */
enum host_word host_scope_word(struct str scope);

#endif

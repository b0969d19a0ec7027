/* The open platform and the messenger around the mini program: who the person is, sharing,
 * payment, settings, other mini programs. Tokens and tickets are opaque to the engine. */
#ifndef MINA_HOST_OPEN_H
#define MINA_HOST_OPEN_H

#include "host/ui.h"

#define HOST_OPEN_CALLS(X) \
	X(login, "login")                       /* {timeout} -> {code} */ \
	X(check_session, "checkSession")        /* {} -> {}; HOST_FAIL when expired */ \
	X(user_info, "getUserInfo")             /* {withCredentials?, lang} -> {userInfo{}, rawData, signature?, encryptedData?, iv?} */ \
	X(user_profile, "getUserProfile")       /* {desc, lang} -> as user_info */ \
	X(phone_number, "getPhoneNumber")       /* {} -> {code, encryptedData, iv}; from a button */ \
	X(setting, "getSetting")                /* {withSubscriptions} -> {authSetting{}} */ \
	X(open_setting, "openSetting")          /* {} -> {authSetting{}} */ \
	X(share, "shareAppMessage")             /* the card (below); body: its picture, PNG. Waits for the person to choose
	                                           chats: -> {shareTickets?[]}; CANCEL; HOST_FAIL with a detail */ \
	X(share_timeline, "shareTimeline")      /* {title, path, query, page}; body: PNG -> {}; CANCEL */ \
	X(favorite, "addToFavorites")           /* {title, path, page}; body: PNG -> {} */ \
	X(share_info, "getShareInfo")           /* {shareTicket, timeout?} -> {encryptedData, iv} */ \
	X(group_info, "getGroupEnterInfo")      /* {} -> {encryptedData, iv}; HOST_FAIL when not entered from a group */ \
	X(private_message, "authPrivateMessage") /* {shareTicket} -> {valid, encryptedData?, iv?} */ \
	X(open_data, "open-data")               /* {type, openGid, lang} -> {text} or {url}: what <open-data> shows */ \
	X(pay, "requestPayment")                /* {timeStamp, nonceStr, package, signType, paySign} -> {}; CANCEL */ \
	X(subscribe, "requestSubscribeMessage") /* {tmplIds[]} -> {TEMPLATE_ID: "accept"|"reject"|"ban"} */ \
	X(navigate, "navigateToMiniProgram")    /* {appId, path, extraData, envVersion} -> {} */ \
	X(navigate_back, "navigateBackMiniProgram") /* {extraData} */ \
	X(leave, "exitMiniProgram") \
	X(choose_address, "chooseAddress")      /* {} -> {userName, ...}; CANCEL */ \
	X(choose_invoice, "chooseInvoiceTitle") \
	X(add_card, "addCard")                  /* {cardList[]} -> {cardList[]} */ \
	X(open_card, "openCard") \
	X(we_run, "getWeRunData")               /* {} -> {encryptedData, iv} */ \
	X(contact, "openCustomerServiceChat")   /* {sessionFrom, messageTitle, messagePath, messageImg, showMessageCard} -> {path?, query?} \
	                                           of the card that the person tapped there */ \
	X(launch_app, "launchApp")              /* {appParameter} -> {}: the native app that the card came from */ \
	X(feedback, "feedback")                 /* {} -> {}: the page where a person says what is wrong */ \
	X(report, "reportAnalytics")            /* {eventName, data} -> {} */ \
	X(template_form, "formId")              /* {} -> {formId}: report-submit forms of 2018 */ \
	X(nickname, "nicknameReview")           /* {nickname} -> {pass, timeout}: may a person call himself that? */ \
	X(update_check, "getUpdateManager")     /* {} -> {hasUpdate} */

/* A card, as share gets it: {title, path ("pages/a/b?x=1"), page (the page it was shared from),
 * withShareTicket, updatable?: {activityId, templateInfo{}}, private?: {activityId}}. The host adds
 * who, when, which program. */

struct host_open {
	HOST_OPEN_CALLS(HOST_CALL_SLOT)
	/* New: {appId, envVersion, version} (getAccountInfoSync().miniProgram). */
	struct value (*account)(struct host *host);
};

#endif

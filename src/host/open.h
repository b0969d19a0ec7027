/* The open platform and the messenger around the mini program: who the person is, sharing,
 * payment, settings, other mini programs. Tokens and tickets are opaque to the engine. */
#ifndef MINA_HOST_OPEN_H
#define MINA_HOST_OPEN_H

#include "host/ui.h"

#define HOST_OPEN_CALLS(X) \
	X(login, "login")                       /* {timeout} -> {code} */ \
	X(check_session, "checkSession")        /* {} -> {}; HOST_FAIL when expired */ \
	X(user_info, "getUserInfo")             /* {withCredentials, lang} -> {userInfo{}, rawData, signature, encryptedData, iv} */ \
	X(user_profile, "getUserProfile")       /* {desc, lang} -> as user_info */ \
	X(phone_number, "getPhoneNumber")       /* {} -> {code, encryptedData, iv}; from a button */ \
	X(setting, "getSetting")                /* {withSubscriptions} -> {authSetting{}} */ \
	X(open_setting, "openSetting")          /* {} -> {authSetting{}} */ \
	X(share, "shareAppMessage")             /* {title, path, imageUrl, target?, withShareTicket} -> {shareTickets?[]}; CANCEL */ \
	X(share_timeline, "shareTimeline")      /* {title, query, imageUrl} -> {} */ \
	X(share_menu, "updateShareMenu")        /* {withShareTicket, isUpdatableMessage, activityId, ...} -> {} */ \
	X(share_info, "getShareInfo")           /* {shareTicket} -> {encryptedData, iv, cloudID?} */ \
	X(group_info, "getGroupEnterInfo") \
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
	X(contact, "openCustomerServiceChat") \
	X(report, "reportAnalytics")            /* {eventName, data} -> {} */ \
	X(template_form, "formId")              /* {} -> {formId}: report-submit forms of 2018 */ \
	X(update_check, "getUpdateManager")     /* {} -> {hasUpdate} */

struct host_open {
	HOST_OPEN_CALLS(HOST_CALL_SLOT)
	/* New: how the program was entered: {path, query{}, scene, shareTicket?, referrerInfo{}}. */
	struct value (*launch)(struct host *host);
	/* New: {appId, envVersion, version} (getAccountInfoSync().miniProgram). */
	struct value (*account)(struct host *host);
};

#endif

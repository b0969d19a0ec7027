/* The device: facts that do not change, and small services. */
#ifndef MINA_HOST_DEVICE_H
#define MINA_HOST_DEVICE_H

#include "host/ui.h"

#define HOST_DEVICE_CALLS(X) \
	X(network_type, "getNetworkType")         /* {} -> {networkType, isConnected} */ \
	X(battery, "getBatteryInfo")              /* {} -> {level, isCharging} */ \
	X(vibrate_short, "vibrateShort")          /* {type} -> {} */ \
	X(vibrate_long, "vibrateLong") \
	X(set_clipboard, "setClipboardData")      /* {data} -> {} */ \
	X(get_clipboard, "getClipboardData")      /* {} -> {data} */ \
	X(phone_call, "makePhoneCall")            /* {phoneNumber} -> {}; CANCEL */ \
	X(add_contact, "addPhoneContact")         /* {firstName, ...} -> {}; CANCEL */ \
	X(scan_code, "scanCode")                  /* {onlyFromCamera, scanType[]} -> {result, scanType, charSet, path?} */ \
	X(accelerometer, "startAccelerometer")    /* {interval | stop: true} -> {}; events follow */ \
	X(compass, "startCompass")                /* {stop} */ \
	X(gyroscope, "startGyroscope")            /* {interval | stop: true} */ \
	X(device_motion, "startDeviceMotionListening") \
	X(bluetooth, "bluetooth")                 /* {command: "openBluetoothAdapter"..., ...} -> as the API of that name */ \
	X(wifi, "wifi")                           /* {command: "startWifi"..., ...} */ \
	X(nfc, "nfc")                             /* {command, ...} */ \
	X(beacon, "iBeacon")                      /* {command, ...} */ \
	X(biometric, "startSoterAuthentication")  /* {command, ...} */

struct host_device {
	/* New: {brand, model, system, platform, language, version, SDKVersion, fontSizeSetting,
	 * benchmarkLevel, deviceOrientation, pixelRatio, screenWidth, screenHeight, windowWidth,
	 * windowHeight (below a native navigation bar, no tab bar), statusBarHeight, safeArea{}, theme,
	 * albumAuthorized, ..., host{}, enableDebug}: getSystemInfo's keys, screen.h's numbers. */
	struct value (*facts)(struct host *host);
	HOST_DEVICE_CALLS(HOST_CALL_SLOT)
};

#endif

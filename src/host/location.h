/* Where the device is, and maps outside the page. */
#ifndef MINA_HOST_LOCATION_H
#define MINA_HOST_LOCATION_H

#include "host/ui.h"

#define HOST_LOCATION_CALLS(X) \
	X(get, "getLocation")          /* {type: "wgs84"|"gcj02", altitude, isHighAccuracy} -> {latitude, longitude, speed, \
	                                  accuracy, altitude, verticalAccuracy, horizontalAccuracy} */ \
	X(choose, "chooseLocation")    /* {latitude?, longitude?} -> {name, address, latitude, longitude}; CANCEL */ \
	X(show, "openLocation")        /* {latitude, longitude, scale, name, address} -> {} */ \
	X(watch, "startLocationUpdate") /* {background, stop}: HOST_EVENT_LOCATION follows */

struct host_location {
	HOST_LOCATION_CALLS(HOST_CALL_SLOT)
};

#endif

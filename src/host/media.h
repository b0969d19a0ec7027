/* Pictures, sound, video and camera. Paths are as in file.h. */
#ifndef MINA_HOST_MEDIA_H
#define MINA_HOST_MEDIA_H

#include "host/ui.h"

#define HOST_MEDIA_CALLS(X) \
	X(choose_image, "chooseImage")     /* {count, sizeType[], sourceType[]} -> {tempFilePaths[], tempFiles[{path, size}]} */ \
	X(choose_video, "chooseVideo")     /* {...} -> {tempFilePath, duration, size, width, height} */ \
	X(choose_media, "chooseMedia")     /* {...} -> {type, tempFiles[]} */ \
	X(choose_message_file, "chooseMessageFile") /* {count, type} -> {tempFiles[{path, size, name, type, time}]} */ \
	X(preview_image, "previewImage")   /* {urls[], current} -> {} */ \
	X(preview_media, "previewMedia") \
	X(save_image, "saveImageToPhotosAlbum") /* {filePath} -> {} */ \
	X(save_video, "saveVideoToPhotosAlbum") \
	X(open_document, "openDocument")   /* {filePath, fileType} -> {} */ \
	X(image_info, "getImageInfo")      /* only where the engine cannot decode it itself */ \
	X(record_start, "startRecord")     /* {duration, format, ...} -> {tempFilePath, duration, fileSize} when stopped */ \
	X(record_control, "recorder")      /* {command: "stop"|"pause"|"resume"} -> {} */ \
	X(audio, "audio")                  /* {id, command: "create"|"play"|"pause"|"stop"|"seek"|"set"|"destroy", src, \
	                                      startTime, loop, volume, rate, position}; progress OTHER of the "create" \
	                                      request: {event: "onPlay"|"onTimeUpdate"|..., currentTime, duration, \
	                                      paused}; that request finishes on destroy */ \
	X(background_audio, "backgroundAudio") /* as audio, with {title, singer, coverImgUrl} */ \
	X(video, "video")                  /* {id, command, src, ...} as audio */ \
	X(camera, "camera")                /* {command: "takePhoto"|"startRecord"|"stopRecord", ...} */ \
	X(live_play, "livePlayer")         /* {src} -> {connect (ms), width, height, stalls[{at, for}] (ms after the start), end (ms)}, \
	                                      or it is refused */ \
	X(live_push, "livePusher")         /* {url} -> the same; the microphone is in use from then on */

struct host_media {
	HOST_MEDIA_CALLS(HOST_CALL_SLOT)
};

#endif

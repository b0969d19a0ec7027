/* Pictures and facts out of a media file: video and audio of any format that GStreamer knows. GStreamer stays behind this
 * header, and nothing of it is started before the first file is opened.
 *
 * The picture for a time is exact: it depends on the file and the time alone, however the reader came there. A reader
 * waits for its decoders; what they do wrong is an outcome. */
#ifndef MINA_MEDIA_READER_H
#define MINA_MEDIA_READER_H

#include "base/str.h"

#define MEDIA_SIDE_MAX 4096 // px of a video

enum media_outcome {
	MEDIA_OK,
	MEDIA_UNKNOWN,     // no media file of a format that is known
	MEDIA_BROKEN,
	MEDIA_UNSUPPORTED, // no decoder for it on this machine
};

struct media_facts {
	double duration;   // s
	bool video, audio;
	int width, height; // of the video as it is to be seen, px
	int rate, channels; // of the audio
};

/* Rows of straight RGBA bytes, without gaps. */
struct media_frame {
	int width, height; // as stored: a video whose pixels are not square is seen wider or narrower
	const uint8_t *rgba;
};

struct media_reader;

/* The bytes are borrowed until the reader is closed. */
enum media_outcome media_reader_open(struct str bytes, struct media_facts *ret_facts, struct media_reader **ret_reader);
void media_reader_close(struct media_reader *reader); // NULL is fine
/* What is seen at a time, s; before the first and after the last one these. Lent until the next call. False: there is none. */
bool media_reader_frame(struct media_reader *reader, double time, struct media_frame *ret_frame);

#endif

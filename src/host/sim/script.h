/* The script of a simulated host: what the network answers and what people do, as JSON. Every part
 * may be absent:
 *
 *     {
 *       "request": [{"url": "https://a.b/c*", "method": "GET", "times": 1, "delay": 30,
 *                    "reply": {"statusCode": 200, "header": {}, "data": ...}} , {"url": ..., "fail": "timeout"}],
 *       "socket":  [{"url": "wss://a.b/c", "open": ["first message"], "echo": true,
 *                    "replies": [{"to": "ping*", "send": ["pong"]}], "fail": "..."}],
 *       "answers": {"showModal": {"confirm": true}, "scanCode": [{"result": "1"}, {"$fail": "cancel", "$delay": 9}]},
 *       "facts":   {"model": "..."},          what getSystemInfo says
 *       "screen":  {"width": 375, "height": 667, "dpr": 2, "statusBarHeight": 20, "dark": false},
 *       "launch":  {"path": ..., "query": {}, "scene": 1001},
 *       "account": {"appId": ...},
 *       "storage": {"key": data},
 *       "files":   {"wxfile://usr/a.txt": "text", "wxfile://tmp_b.png": "base64:..."},
 *       "device":  {"name": "iPhone X", "orientation": "landscape", "theme": "dark", "language": "en", "fontSizeSetting": 20},
 *       "network": {"speed": "3g"} or {"type": "4g", "latency": 50, "download": 1000, "upload": 500},
 *       "live":    {"rtmp://a.b/c*": {"connect": 200, "width": 640, "height": 360, "stalls": [{"at": 3000, "for": 500}],
 *                    "end": 9000, "refuse": true}},   ms; what it says nothing of can be had
 *       "clock":   {"now": 1523844000000}
 *     }
 *
 * Requests: the first rule that matches and has `times` left (default: no end) answers. In url
 * "*" is any text, "?" itself. Text data is sent as it is, other data as JSON; "base64:..." under
 * "bytes" instead of "data" is binary. Answers: an array is used up in order, anything else
 * always holds; keys that begin with "$" steer ($fail, $delay ms, $result for results that are no
 * object or have such keys). */
#ifndef MINA_HOST_SIM_SCRIPT_H
#define MINA_HOST_SIM_SCRIPT_H

#include "base/map.h"
#include "base/vec.h"
#include "core/value/json.h"
#include "host/host.h"

struct sim_rule {
	struct value row;
	double times_left;
	bool guest; // sim_script_set_first()
};

struct sim_script {
	struct value root;
	VEC(struct sim_rule) requests;
	VEC(struct sim_rule) sockets;
	struct map answers; // name -> struct sim_answers
};

void sim_script_finish(struct sim_script *script); // zeroed memory is an empty script
void sim_script_add(struct sim_script *script, struct value object); // lent
/* Rules for requests that come before all others, in place of those that were set so before; lent. */
void sim_script_set_first(struct sim_script *script, struct value rows);
/* An item of the root: "facts", "screen" ...; lent. */
struct value sim_script_get(const struct sim_script *script, const char *key);

/* The rule for an exchange, lent; undefined: none. Counts it as used. */
struct value sim_script_request(struct sim_script *script, struct str method, struct str url);
struct value sim_script_socket(struct sim_script *script, struct str url);
/* A scripted answer by API name. False: none. Otherwise *ret_result is new. */
bool sim_script_answer(struct sim_script *script, const char *name, enum host_outcome *ret_outcome,
	struct value *ret_result, double *ret_delay);
void sim_script_set_answer(struct sim_script *script, const char *name, struct value answer); // in place of all; undefined: none; lent
/* The answer that comes next, as it stands in the script; lent; undefined: none. */
struct value sim_script_answer_now(const struct sim_script *script, const char *name);
/* "*" matches any text, everything else itself. */
bool sim_script_matches(struct str pattern, struct str text);
/* The outcome that a failing text means: "cancel", "timeout", "auth deny" ... else HOST_FAIL. */
enum host_outcome sim_script_outcome(struct str text);

#endif

/* Rows of app.json, page.json, ext.json, project.config.json and plugin.json. A key's default is
 * what the program gets when the key is absent or wrong. */
#include "core/package/rows.h"

static const struct schema any_text[] = {{"*", SCHEMA_STRING}, {0}};
static const struct schema any_value[] = {{"*", SCHEMA_ANY}, {0}};

/* What app.json's window and a page's JSON have in common (framework.md, section 2.1). */
#define WINDOW_ROWS \
	{"navigationBarBackgroundColor", SCHEMA_COLOR, .fallback = "\"#000000\"", .doc = "Ground of the navigation bar."}, \
	{"navigationBarTextStyle", SCHEMA_STRING, .fallback = "\"white\"", .choices = "white|black", \
		.doc = "Colour of the navigation bar's title and icons."}, \
	{"navigationBarTitleText", SCHEMA_STRING, .fallback = "\"\"", .doc = "Title in the navigation bar."}, \
	{"navigationStyle", SCHEMA_STRING, .fallback = "\"default\"", .choices = "default|custom", .since = "1.9.5", \
		.doc = "custom: no navigation bar, only the capsule."}, \
	{"homeButton", SCHEMA_BOOL, .doc = "A home button in the navigation bar of a page that is not the entry page."}, \
	{"backgroundColor", SCHEMA_COLOR, .fallback = "\"#ffffff\"", .doc = "Ground of the window behind the page."}, \
	{"backgroundTextStyle", SCHEMA_STRING, .fallback = "\"dark\"", .choices = "dark|light", \
		.doc = "The three dots while a page is pulled down."}, \
	{"backgroundColorTop", SCHEMA_COLOR, .doc = "Ground above the page; default: backgroundColor."}, \
	{"backgroundColorBottom", SCHEMA_COLOR, .doc = "Ground below the page; default: backgroundColor."}, \
	{"backgroundColorContent", SCHEMA_COLOR, .doc = "Ground of the page's own content."}, \
	{"enablePullDownRefresh", SCHEMA_BOOL, .fallback = "false", .doc = "A pull from the top calls onPullDownRefresh."}, \
	{"onReachBottomDistance", SCHEMA_NUMBER, .fallback = "50", .doc = "How far from the end onReachBottom comes, in px."}, \
	{"pageOrientation", SCHEMA_STRING, .fallback = "\"portrait\"", .choices = "portrait|landscape|auto", .since = "2.4.0", \
		.doc = "Whether the page turns with the screen."}, \
	{"initialRenderingCache", SCHEMA_STRING, .choices = "static|capture|dynamic", .since = "2.11.1", \
		.doc = "Keeps the first picture of a page for its next start."}, \
	{"restartStrategy", SCHEMA_STRING, .choices = "homePage|homePageAndLatestPage", .since = "2.8.0", \
		.doc = "Which page a cold start shows."}, \
	{"visualEffectInBackground", SCHEMA_STRING, .choices = "none|hidden", .since = "2.15.0", \
		.doc = "hidden: the picture in the task list is blurred."}, \
	{"handleWebviewPreload", SCHEMA_STRING, .choices = "static|manual|auto", .since = "2.15.0", \
		.doc = "When the view of the next page is prepared."}, \
	{"renderer", SCHEMA_STRING, .choices = "webview|skyline|xr-frame", .since = "2.30.4", .doc = "Which renderer draws."}, \
	{"componentFramework", SCHEMA_STRING, .choices = "exparser|glass-easel", .doc = "Which component framework runs."}, \
	{"rendererOptions", SCHEMA_OBJECT, .doc = "Options of the renderer."}

static const struct schema window_rows[] = {
	WINDOW_ROWS,
	{0},
};

const struct schema rows_page[] = {
	WINDOW_ROWS,
	{"component", SCHEMA_BOOL, .since = "1.6.3", .doc = "The file belongs to a custom component."},
	{"usingComponents", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_text, .since = "1.6.3", .doc = "Tag name to component path."},
	{"componentGenerics", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_value, .since = "1.9.6",
		.doc = "Name to true or {default: path}."},
	{"componentPlaceholder", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_text, .since = "2.11.2",
		.doc = "Tag name to the tag shown until its sub-package is there."},
	{"disableScroll", SCHEMA_BOOL, .fallback = "false", .doc = "The page as a whole does not scroll."},
	{"disableSwipeBack", SCHEMA_BOOL, .doc = "No way back by a swipe from the edge."},
	{"enableShareAppMessage", SCHEMA_BOOL, .doc = "The menu has \"share\" without an onShareAppMessage."},
	{"enableShareTimeline", SCHEMA_BOOL, .doc = "The menu has \"share to moments\" without an onShareTimeline."},
	{"enablePassiveEvent", SCHEMA_ANY, .doc = "Which touch events cannot be stopped."},
	{"style", SCHEMA_STRING, .choices = "v2|default", .doc = "v2: the new default look of components."},
	{"styleIsolation", SCHEMA_STRING,
		.choices = "isolated|apply-shared|shared|page-isolated|page-apply-shared|page-shared", .since = "2.10.1",
		.doc = "Which style sheets reach into the component."},
	{"pureDataPattern", SCHEMA_STRING, .doc = "Fields that are not for the view."},
	{"singlePage", SCHEMA_OBJECT, .since = "2.11.3", .doc = "How the page looks when it is shown alone."},
	{"permission", SCHEMA_OBJECT, .doc = "What an interface may be used for."},
	{0},
};

static const struct schema tab_rows[] = {
	{"pagePath", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "A page of the main package."},
	{"text", SCHEMA_STRING, .doc = "The words on the button."},
	{"iconPath", SCHEMA_STRING, .doc = "A picture of at most 40 KB."},
	{"selectedIconPath", SCHEMA_STRING, .doc = "The picture while its page is shown."},
	{0},
};

static const struct schema tab_bar_rows[] = {
	{"color", SCHEMA_COLOR, .doc = "Colour of the words."},
	{"selectedColor", SCHEMA_COLOR, .doc = "Colour of the words while their page is shown."},
	{"backgroundColor", SCHEMA_COLOR, .doc = "Ground of the bar."},
	{"borderStyle", SCHEMA_STRING, .fallback = "\"black\"", .choices = "black|white", .doc = "Colour of the line above the bar."},
	{"list", SCHEMA_ARRAY, SCHEMA_REQUIRED, .item = SCHEMA_OBJECT, .fields = tab_rows, .doc = "Two to five tabs."},
	{"position", SCHEMA_STRING, .fallback = "\"bottom\"", .choices = "bottom|top", .doc = "top: above the page, without icons."},
	{"custom", SCHEMA_BOOL, .fallback = "false", .since = "2.5.0", .doc = "The program draws the bar: custom-tab-bar/index."},
	{0},
};

static const struct schema timeout_rows[] = {
	{"request", SCHEMA_NUMBER, .fallback = "60000", .doc = "Of wx.request, in ms."},
	{"connectSocket", SCHEMA_NUMBER, .fallback = "60000", .doc = "Of wx.connectSocket, in ms."},
	{"uploadFile", SCHEMA_NUMBER, .fallback = "60000", .doc = "Of wx.uploadFile, in ms."},
	{"downloadFile", SCHEMA_NUMBER, .fallback = "60000", .doc = "Of wx.downloadFile, in ms."},
	{0},
};

static const struct schema plugin_use_rows[] = {
	{"version", SCHEMA_STRING, .doc = "Which version of the plugin."},
	{"provider", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "The plugin's appid."},
	{"export", SCHEMA_STRING, .doc = "A script whose exports the plugin sees."},
	{"genericsImplementation", SCHEMA_OBJECT, .doc = "Components for the plugin's generics."},
	{0},
};
static const struct schema any_plugin[] = {
	{"*", SCHEMA_OBJECT, .fields = plugin_use_rows},
	{0},
};

static const struct schema part_rows[] = {
	{"root", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "The sub-package's folder."},
	{"name", SCHEMA_STRING, .doc = "Its name in preloadRule."},
	{"pages", SCHEMA_ARRAY, SCHEMA_REQUIRED, .item = SCHEMA_STRING, .doc = "Its pages, below root."},
	{"independent", SCHEMA_BOOL, .fallback = "false", .since = "2.3.0", .doc = "It runs without the main package."},
	{"plugins", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_plugin, .doc = "Plugins that only it uses."},
	{"entry", SCHEMA_STRING, .doc = "A script that runs when the sub-package comes."},
	{"renderer", SCHEMA_STRING, .choices = "webview|skyline", .doc = "Which renderer draws."},
	{"componentFramework", SCHEMA_STRING, .choices = "exparser|glass-easel", .doc = "Which component framework runs."},
	{"rendererOptions", SCHEMA_OBJECT, .doc = "Options of the renderer."},
	{"style", SCHEMA_STRING, .choices = "v2|default", .doc = "v2: the new default look of components."},
	{0},
};

static const struct schema preload_rows[] = {
	{"packages", SCHEMA_ARRAY, SCHEMA_REQUIRED, .item = SCHEMA_STRING, .doc = "Roots or names; __APP__ is the main package."},
	{"network", SCHEMA_STRING, .fallback = "\"wifi\"", .choices = "all|wifi", .doc = "On which network."},
	{"timeout", SCHEMA_NUMBER, .doc = "How long after the page's start, in ms."},
	{0},
};
static const struct schema any_preload[] = {
	{"*", SCHEMA_OBJECT, .fields = preload_rows},
	{0},
};

static const struct schema permission_rows[] = {
	{"desc", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "What the person is told."},
	{0},
};
static const struct schema any_permission[] = {
	{"*", SCHEMA_OBJECT, .fields = permission_rows},
	{0},
};

/* framework.md, section 2; ext.json may have all of these too. */
#define APP_ROWS \
	{"entryPagePath", SCHEMA_STRING, .since = "2.11.0", .doc = "The entry page; default: the first of pages."}, \
	{"window", SCHEMA_OBJECT, .fields = window_rows, .doc = "Defaults of all pages."}, \
	{"tabBar", SCHEMA_OBJECT, .fields = tab_bar_rows, .doc = "The bar of tabs."}, \
	{"networkTimeout", SCHEMA_OBJECT, .fields = timeout_rows, .doc = "How long network calls may take."}, \
	{"debug", SCHEMA_BOOL, .fallback = "false", .doc = "Pages, routes and data changes are logged."}, \
	{"functionalPages", SCHEMA_ANY, .since = "2.1.0", .doc = "Pages for plugins."}, \
	{"subpackages", SCHEMA_ARRAY, .item = SCHEMA_OBJECT, .fields = part_rows, .since = "1.7.3", .doc = "The sub-packages."}, \
	{"subPackages", SCHEMA_ARRAY, .item = SCHEMA_OBJECT, .fields = part_rows, .since = "1.7.3", .doc = "The sub-packages."}, \
	{"workers", SCHEMA_ANY, .since = "1.9.90", .doc = "The folder of workers, or {path, isSubpackage}."}, \
	{"requiredBackgroundModes", SCHEMA_ARRAY, .item = SCHEMA_STRING, .doc = "audio, location, bluetooth."}, \
	{"requiredPrivateInfos", SCHEMA_ARRAY, .item = SCHEMA_STRING, .doc = "Location APIs that are used."}, \
	{"plugins", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_plugin, .since = "1.9.6", .doc = "Alias to {version, provider}."}, \
	{"preloadRule", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_preload, .since = "2.3.0", \
		.doc = "Page to sub-packages that are fetched while it is shown."}, \
	{"resizable", SCHEMA_BOOL, .fallback = "false", .since = "2.3.0", .doc = "Pages turn with a tablet."}, \
	{"usingComponents", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_text, .doc = "Components of every page."}, \
	{"componentPlaceholder", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_text, .doc = "Placeholders of those components."}, \
	{"permission", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_permission, .doc = "Scope to what the person is told."}, \
	{"sitemapLocation", SCHEMA_STRING, .doc = "Where sitemap.json is."}, \
	{"style", SCHEMA_STRING, .choices = "v2|default", .since = "2.8.0", .doc = "v2: the new default look of components."}, \
	{"useExtendedLib", SCHEMA_OBJECT, .since = "2.2.1", .doc = "Libraries that WeChat brings: weui, kbone."}, \
	{"entranceDeclare", SCHEMA_OBJECT, .doc = "What opens the program from outside."}, \
	{"darkmode", SCHEMA_BOOL, .since = "2.11.0", .doc = "The program has a dark look."}, \
	{"themeLocation", SCHEMA_STRING, .since = "2.11.0", .doc = "Where theme.json is."}, \
	{"lazyCodeLoading", SCHEMA_STRING, .choices = "requiredComponents", .since = "2.11.1", \
		.doc = "Scripts run when they are first needed."}, \
	{"singlePage", SCHEMA_OBJECT, .since = "2.11.3", .doc = "How a page looks when it is shown alone."}, \
	{"supportedMaterials", SCHEMA_ANY, .doc = "Files that the program opens from chats."}, \
	{"serviceProviderTicket", SCHEMA_STRING, .doc = "The service provider's ticket."}, \
	{"embeddedAppIdList", SCHEMA_ARRAY, .item = SCHEMA_STRING, .doc = "Half-screen programs."}, \
	{"navigateToMiniProgramAppIdList", SCHEMA_ARRAY, .item = SCHEMA_STRING, .doc = "Programs that may be opened."}, \
	{"halfPage", SCHEMA_OBJECT, .doc = "How the program looks on half a screen."}, \
	{"debugOptions", SCHEMA_OBJECT, .doc = "Options of debugging."}, \
	{"enablePassiveEvent", SCHEMA_ANY, .doc = "Which touch events cannot be stopped."}, \
	{"resolveAlias", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_text, .doc = "Short forms of paths in require."}, \
	{"renderer", SCHEMA_STRING, .choices = "webview|skyline|xr-frame", .since = "2.30.4", .doc = "Which renderer draws."}, \
	{"rendererOptions", SCHEMA_OBJECT, .doc = "Options of the renderer."}, \
	{"componentFramework", SCHEMA_STRING, .choices = "exparser|glass-easel", .doc = "Which component framework runs."}, \
	{"convertRpxToVw", SCHEMA_BOOL, .doc = "rpx follows the window's width."}, \
	{"miniApp", SCHEMA_OBJECT, .doc = "Options of programs turned into apps."}, \
	{"appBar", SCHEMA_OBJECT, .doc = "The program draws a bar of its own."}, \
	{"chatTools", SCHEMA_ARRAY, .item = SCHEMA_OBJECT, .doc = "Tools for a group chat."}, \
	{"static", SCHEMA_ARRAY, .doc = "Files that are packed though nothing names them."}, \
	{"cloud", SCHEMA_BOOL, .doc = "The program uses cloud development."}, \
	{"__usePrivacyCheck__", SCHEMA_BOOL, .doc = "The person is asked before private data is read."}, \
	{"$schema", SCHEMA_STRING, .doc = "For editors."}

const struct schema rows_app[] = {
	{"pages", SCHEMA_ARRAY, SCHEMA_REQUIRED, .item = SCHEMA_STRING, .doc = "The main package's pages, without a suffix."},
	APP_ROWS,
	{0},
};

/* framework.md, section 2.4 */
const struct schema rows_ext[] = {
	{"extEnable", SCHEMA_BOOL, SCHEMA_REQUIRED, .fallback = "false", .doc = "Whether the file counts."},
	{"extAppid", SCHEMA_STRING, .doc = "The appid that is run in place of the project's."},
	{"ext", SCHEMA_OBJECT, .doc = "What wx.getExtConfig gives."},
	{"extPages", SCHEMA_OBJECT, SCHEMA_MAP, .fields = (const struct schema[]){{"*", SCHEMA_OBJECT, .fields = rows_page}, {0}},
		.doc = "Page to keys that override its JSON."},
	{"directCommit", SCHEMA_BOOL, .fallback = "false", .doc = "Uploads go straight to review."},
	{"pages", SCHEMA_ARRAY, .item = SCHEMA_STRING, .doc = "The main package's pages, without a suffix."},
	APP_ROWS,
	{0},
};

/* framework.md, section 1; the tools keep more keys there. */
const struct schema rows_project[] = {
	{"miniprogramRoot", SCHEMA_STRING, .doc = "The folder of app.json."},
	{"qcloudRoot", SCHEMA_STRING, .doc = "The folder of server code."},
	{"pluginRoot", SCHEMA_STRING, .doc = "The folder of plugin.json."},
	{"cloudfunctionRoot", SCHEMA_STRING, .doc = "The folder of cloud functions."},
	{"compileType", SCHEMA_STRING, .doc = "miniprogram or plugin."},
	{"setting", SCHEMA_OBJECT, .doc = "Switches of the tools."},
	{"libVersion", SCHEMA_STRING, .doc = "The base library's version."},
	{"appid", SCHEMA_STRING, .doc = "The program's appid."},
	{"projectname", SCHEMA_STRING, .doc = "The project's name."},
	{"packOptions", SCHEMA_OBJECT, .doc = "What is left out of the package."},
	{"scripts", SCHEMA_OBJECT, .doc = "Commands of the tools."},
	{0},
};

/* framework.md, section 2.6 */
const struct schema rows_plugin[] = {
	{"publicComponents", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_text, .doc = "Name to component path."},
	{"pages", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_text, .doc = "Name to page path."},
	{"main", SCHEMA_STRING, .doc = "The script whose exports requirePlugin gives."},
	{"usingComponents", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_text, .doc = "Components of every component."},
	{"workers", SCHEMA_STRING, .doc = "The folder of workers."},
	{"themeLocation", SCHEMA_STRING, .doc = "Where theme.json is."},
	{0},
};

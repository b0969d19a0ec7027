/* The walk over a package: app.json and what it names, each page, each component. */
#include "core/package/check.h"

void package_check(struct host_source *source, struct diag_list *diags)
{
	struct package *package = package_open(source, diags);
	struct app_config *config = package ? config_load_app(package, diags) : NULL;
	config_app_destroy(config);
	package_close(package);
}

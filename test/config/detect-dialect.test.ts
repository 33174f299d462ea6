import { read } from "./reading.ts";

describe("Detecting the httpd that a configuration is for", () => {
  test.each([
    ["Listen 80\nAddModule mod_alias.c\n", "1.3", "AddModule, line 2"],
    ["ServerType standalone\n", "1.3", "ServerType, line 1"],
    ["Port 80\n", "1.3", "Port, line 1"],
    ["<Directory />\nBackhand byAge\n</Directory>\n", "1.3", "Backhand, line 2"],
    ["LoadModule config_log_module libexec/mod_log_config.so\n", "1.3", "LoadModule config_log_module, line 1"],
    ["<Directory />\nOrder allow,deny\nRequire all granted\n</Directory>\n", "2.4", "Require all, line 3"],
    ["IncludeOptional x\n", "2.4", "IncludeOptional, line 1"],
    ["LoadModule unixd_module m.so\n", "2.4", "LoadModule unixd_module, line 1"],
    ["<RequireAny>\n</RequireAny>\n", "2.4", "<RequireAny>, line 1"],
    ["Define X\n", "2.4", "Define, line 1"],
    ["AuthzUserAuthoritative off\n", "2.2", "AuthzUserAuthoritative, line 1"],
    ["NameVirtualHost *\n", "2.2", "NameVirtualHost, line 1"],
    ["LoadModule access_module m.so\nAcceptPathInfo on\nOrder allow,deny\n", "2.0", "Order, line 3"],
    ["<Macro a>\n</Macro>\nNameVirtualHost *:80\nUse a\n", "2.2", "NameVirtualHost, line 3"],
    ["<Macro a>\n</Macro>\nUse a\n", "2.4", "there is nothing that only one version has"],
    ["", "2.4", "there is nothing that only one version has"],
    ["ServerName a\n", "2.4", "there is nothing that only one version has"],
  ])("%j is for %s", (text, dialect, reason) => {
    const config = read(text, "auto");
    expect([config.dialect, config.dialectReason]).toEqual([dialect, reason]);
  });

  test("an included file may tell, even where a condition keeps it from being read", () => {
    const files = { "/server/conf/modules.conf": "ClearModuleList\n" };
    const config = read("<IfDefine X>\nInclude conf/modules.conf\n</IfDefine>\n", "auto", { files });
    expect([config.dialect, config.dialectReason]).toEqual(["1.3", "ClearModuleList, /server/conf/modules.conf:1"]);
  });

  test("the one with more to show wins", () => {
    const text = "Port 80\nDefine A\nMutex default\nIncludeOptional x*\n";
    expect(read(text, "auto").dialect).toBe("2.4");
  });

  test("directives of LDAP, which modules from elsewhere brought to 1.3 under the names of 2.0, say nothing", () => {
    const text = "LoadModule auth_ldap_module x.so\nPort 80\nAuthLDAPAuthoritative on\nServerType standalone\n";
    expect(read(text, "auto").dialect).toBe("1.3");
  });

  test("the dialect that is given is taken", () => {
    const config = read("AddModule mod_alias.c\n", "2.2");
    expect([config.dialect, config.dialectReason]).toEqual(["2.2", "as given"]);
  });
});

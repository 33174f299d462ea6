import type { Dialect } from "../../grammar/dialect.ts";

/** A configuration that nginx and HAProxy must answer alike, for what its title says. */
export interface ForeignConfiguration {
  readonly title: string;
  readonly dialect: Dialect;
  readonly text: string;
}

/** Whole configurations, each about what targets with a language of their own get wrong. */
export const foreignConfigurations: readonly ForeignConfiguration[] = [
  {
    title: "hosts by name, by wildcards in the order of the file, by address and by port",
    dialect: "1.3",
    text: String.raw`
ServerType standalone
Listen 80
Listen 8080
ServerName main.example
DocumentRoot /srv/main
NameVirtualHost *:80
NameVirtualHost 10.0.0.9:8080
<VirtualHost *:80>
ServerName a.example
ServerAlias *.wild.example www.a.*
DocumentRoot /srv/a
</VirtualHost>
<VirtualHost *:80>
ServerName x.wild.example
ServerAlias b.example b?.example *.deep.wild.example
DocumentRoot /srv/b
</VirtualHost>
<VirtualHost *:80>
ServerName c.example
ServerAlias *.example
DocumentRoot /srv/c
</VirtualHost>
<VirtualHost 10.0.0.9:8080>
ServerName d.example
DocumentRoot /srv/d
</VirtualHost>
<VirtualHost 10.0.0.9:8080>
ServerName e.example
DocumentRoot /srv/e
</VirtualHost>
<VirtualHost 10.0.0.7>
ServerName f.example
DocumentRoot /srv/f
</VirtualHost>
<VirtualHost _default_:8080>
ServerName g.example
DocumentRoot /srv/g
</VirtualHost>
`,
  },
  {
    title: "aliases, redirects, patterns of every kind, methods, users, variables and candidacy functions",
    dialect: "1.3",
    text: String.raw`
ServerType standalone
Listen 80
ServerName main.example
DocumentRoot /srv/main
DirectoryIndex index.html
Alias /icons/ /usr/icons/
Alias /docs /usr/docs
Alias /docs/deep /usr/never
Alias /a%20b "/srv/with space"
ScriptAlias /cgi-bin/ /usr/lib/cgi/
Redirect permanent /old http://b.example/new
Redirect /temp/ http://b.example/t/
Redirect gone /gone
RedirectMatch 301 ^/m/(.*)\.gif$ http://img.example/$1.png
RedirectMatch ^/y/(\d+)/(.*) http://y.example/$2/$1
Redirect seeother /see http://c.example/see
AddHandler cgi-script .cgi
AddType application/x-httpd-php .php
<Directory />
Order deny,allow
Deny from all
</Directory>
<Directory /srv/main>
Order allow,deny
Allow from all
</Directory>
<Directory /usr/icons>
Order allow,deny
Allow from all
Deny from 10.2
</Directory>
<Directory /usr/docs>
Order deny,allow
Deny from all
Allow from 10.1.0.0/255.255.0.0 127.0.0.1
</Directory>
<Directory /srv/main/*/private>
Order deny,allow
Deny from all
Allow from 10.3
</Directory>
<DirectoryMatch "^/srv/main/.*/[0-9]+">
Order deny,allow
Deny from all
</DirectoryMatch>
<Directory /srv/main/f>
<Files secret.txt>
Order deny,allow
Deny from all
Allow from 10.4.0.0/16
</Files>
<Files *.bak>
Order deny,allow
Deny from all
</Files>
</Directory>
<Files ~ "^\.ht">
Order allow,deny
Deny from all
</Files>
<FilesMatch "\.(gif|jpe?g)$">
Order allow,deny
Allow from all
Deny from 10.5
</FilesMatch>
<Location /f/open>
Order allow,deny
Allow from all
</Location>
<LocationMatch "^/l[0-9]/x">
Order deny,allow
Deny from all
Allow from 10.6
</LocationMatch>
<Location /*/star>
Order deny,allow
Deny from all
</Location>
<Location /limit>
<Limit POST PUT>
Order deny,allow
Deny from all
Allow from 10.7
</Limit>
</Location>
<Location /auth>
AuthType Basic
AuthName "a realm"
AuthUserFile /etc/users
Require valid-user
</Location>
<Location /any>
AuthType Basic
AuthName "any"
AuthUserFile /etc/users
Require user ann bob
Order deny,allow
Deny from all
Allow from 10.8
Satisfy any
</Location>
<Location /server-status>
SetHandler server-status
Order deny,allow
Deny from all
Allow from .example.com
</Location>
SetEnvIf User-Agent "^Bad" bad
BrowserMatchNoCase robot bad
SetEnvIf Remote_Addr ^10\.9\. lan
<Location /env>
Order allow,deny
Allow from all
Deny from env=bad
</Location>
<Location /lan>
Order deny,allow
Deny from all
Allow from env=lan
</Location>
<Location /sent>
Redirect /sent http://s.example/
</Location>
<Location /off>
Backhand off
</Location>
Backhand byAge
<Location /bal>
Backhand byAge 6
Backhand byLoad
</Location>
<Location /rr>
Backhand byRandom
</Location>
`,
  },
  {
    title: "Require lines of 2.4",
    dialect: "2.4",
    text: String.raw`
Listen 80
ServerName main.example
DocumentRoot /srv/www
<Directory "/">
    Require all denied
</Directory>
<Directory "/srv/www">
    Require all granted
</Directory>
<Directory "/srv/www/lan">
    Require ip 10.1 192.168.0.0/16
</Directory>
<Location "/both">
    <RequireAll>
        Require method GET HEAD
        Require ip 10.2
        Require not ip 10.2.3
    </RequireAll>
</Location>
<Location "/none">
    <RequireAll>
        Require all granted
        <RequireNone>
            Require ip 10.3
            Require env bad
        </RequireNone>
    </RequireAll>
</Location>
<Location "/host">
    Require host example.com
</Location>
<FilesMatch "\.inc$">
    Require all denied
</FilesMatch>
SetEnvIf User-Agent "^Bad" bad
<VirtualHost *:80>
    ServerName a.example
    DocumentRoot /srv/a
    <Location "/lan">
        Require local
    </Location>
</VirtualHost>
`,
  },
  {
    title: "a variable that a missing field sets",
    dialect: "2.2",
    text: String.raw`
Listen 80
ServerName direct.example
DocumentRoot /srv/www
SetEnvIf Referer ^$ direct
SetEnvIf X-Word ^(|yes)$ word
<Location /kept>
Order allow,deny
Allow from all
Deny from env=direct
</Location>
<Location /open>
Order deny,allow
Deny from all
Allow from env=word
</Location>
`,
  },
  {
    title: "folders of some names, a condition that nothing else asks, and satisfied users inside of others",
    dialect: "2.2",
    text: String.raw`
Listen 80
ServerName main.example
DocumentRoot /srv/main
<Directory /srv/main>
Order allow,deny
Allow from all
</Directory>
<DirectoryMatch "/(CVS|\.svn)(/|$)">
Order allow,deny
Deny from all
</DirectoryMatch>
<Directory /srv/main/users>
Order deny,allow
Deny from all
Allow from 10.2
Satisfy any
AuthType Basic
AuthName x
AuthUserFile /srv/users
Require valid-user
</Directory>
<Files secret>
Order allow,deny
Deny from all
Satisfy all
</Files>
ErrorDocument 403 /cgi-bin/denied
ScriptAlias /cgi-bin/ /srv/cgi/
`,
  },
  {
    title: "a condition that may keep anybody out",
    dialect: "2.4",
    text: String.raw`
Listen 80
ServerName main.example
DocumentRoot /srv/main
<Directory /srv/main>
Require all granted
</Directory>
<If "%{HTTP_USER_AGENT} =~ /robot/">
Require all denied
</If>
`,
  },
  {
    title: "fields, times, types and pages of errors in sections of all kinds",
    dialect: "2.4",
    text: String.raw`
Listen 80
ServerName main.example
DocumentRoot /srv/main
Header always set Strict-Transport-Security "max-age=31536000"
ExpiresActive On
ExpiresByType text/html A60
ErrorDocument 403 http://errors.example/closed
ErrorDocument 404 "none of \"ours\""
<Directory /srv/main>
Require all granted
</Directory>
<Directory /srv/main/inner>
Header set X-Inner yes
AddType text/plain .text
</Directory>
<FilesMatch "\.(css|js)$">
Header set Cache-Control "max-age=600"
</FilesMatch>
<FilesMatch "\.(bak|old)$">
Require all denied
</FilesMatch>
<Location /closed>
Header set X-Closed yes
Require ip 10.1.0.0/16
</Location>
<Location /closed/page>
ErrorDocument 403 "closed"
</Location>
Redirect 301 /moved http://b.example/new
`,
  },
];

/*
 * The service worker that browsers ask for: it names the release, and the script that keeps it on
 * the phone (the parts in worker/, joined). So a correction changes a few bytes of it.
 *
 * A classic script; the build puts what it names into the next line. README.md beside it.
 */
"use strict";

self.release = self.__RELEASE__;
importScripts(self.release.worker);

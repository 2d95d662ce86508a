BEGIN TRANSACTION;
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" VALUES(1,1,'add_contenttype','Can add content type');
INSERT INTO "auth_permission" VALUES(2,1,'change_contenttype','Can change content type');
INSERT INTO "auth_permission" VALUES(3,1,'delete_contenttype','Can delete content type');
INSERT INTO "auth_permission" VALUES(4,1,'view_contenttype','Can view content type');
INSERT INTO "auth_permission" VALUES(5,2,'add_permission','Can add permission');
INSERT INTO "auth_permission" VALUES(6,2,'change_permission','Can change permission');
INSERT INTO "auth_permission" VALUES(7,2,'delete_permission','Can delete permission');
INSERT INTO "auth_permission" VALUES(8,2,'view_permission','Can view permission');
INSERT INTO "auth_permission" VALUES(9,3,'add_group','Can add group');
INSERT INTO "auth_permission" VALUES(10,3,'change_group','Can change group');
INSERT INTO "auth_permission" VALUES(11,3,'delete_group','Can delete group');
INSERT INTO "auth_permission" VALUES(12,3,'view_group','Can view group');
INSERT INTO "auth_permission" VALUES(13,4,'add_user','Can add user');
INSERT INTO "auth_permission" VALUES(14,4,'change_user','Can change user');
INSERT INTO "auth_permission" VALUES(15,4,'delete_user','Can delete user');
INSERT INTO "auth_permission" VALUES(16,4,'view_user','Can view user');
INSERT INTO "auth_permission" VALUES(17,5,'add_session','Can add session');
INSERT INTO "auth_permission" VALUES(18,5,'change_session','Can change session');
INSERT INTO "auth_permission" VALUES(19,5,'delete_session','Can delete session');
INSERT INTO "auth_permission" VALUES(20,5,'view_session','Can view session');
INSERT INTO "auth_permission" VALUES(21,6,'add_accessattempt','Can add access attempt');
INSERT INTO "auth_permission" VALUES(22,6,'change_accessattempt','Can change access attempt');
INSERT INTO "auth_permission" VALUES(23,6,'delete_accessattempt','Can delete access attempt');
INSERT INTO "auth_permission" VALUES(24,6,'view_accessattempt','Can view access attempt');
INSERT INTO "auth_permission" VALUES(25,7,'add_accesslog','Can add access log');
INSERT INTO "auth_permission" VALUES(26,7,'change_accesslog','Can change access log');
INSERT INTO "auth_permission" VALUES(27,7,'delete_accesslog','Can delete access log');
INSERT INTO "auth_permission" VALUES(28,7,'view_accesslog','Can view access log');
INSERT INTO "auth_permission" VALUES(29,8,'add_accessfailurelog','Can add access failure');
INSERT INTO "auth_permission" VALUES(30,8,'change_accessfailurelog','Can change access failure');
INSERT INTO "auth_permission" VALUES(31,8,'delete_accessfailurelog','Can delete access failure');
INSERT INTO "auth_permission" VALUES(32,8,'view_accessfailurelog','Can view access failure');
INSERT INTO "auth_permission" VALUES(33,9,'add_accessattemptexpiration','Can add access attempt expiration');
INSERT INTO "auth_permission" VALUES(34,9,'change_accessattemptexpiration','Can change access attempt expiration');
INSERT INTO "auth_permission" VALUES(35,9,'delete_accessattemptexpiration','Can delete access attempt expiration');
INSERT INTO "auth_permission" VALUES(36,9,'view_accessattemptexpiration','Can view access attempt expiration');
INSERT INTO "auth_permission" VALUES(37,10,'add_draft','Can add draft');
INSERT INTO "auth_permission" VALUES(38,10,'change_draft','Can change draft');
INSERT INTO "auth_permission" VALUES(39,10,'delete_draft','Can delete draft');
INSERT INTO "auth_permission" VALUES(40,10,'view_draft','Can view draft');
INSERT INTO "auth_permission" VALUES(41,11,'add_file','Can add file');
INSERT INTO "auth_permission" VALUES(42,11,'change_file','Can change file');
INSERT INTO "auth_permission" VALUES(43,11,'delete_file','Can delete file');
INSERT INTO "auth_permission" VALUES(44,11,'view_file','Can view file');
INSERT INTO "auth_permission" VALUES(45,12,'add_head','Can add head');
INSERT INTO "auth_permission" VALUES(46,12,'change_head','Can change head');
INSERT INTO "auth_permission" VALUES(47,12,'delete_head','Can delete head');
INSERT INTO "auth_permission" VALUES(48,12,'view_head','Can view head');
INSERT INTO "auth_permission" VALUES(49,13,'add_setting','Can add setting');
INSERT INTO "auth_permission" VALUES(50,13,'change_setting','Can change setting');
INSERT INTO "auth_permission" VALUES(51,13,'delete_setting','Can delete setting');
INSERT INTO "auth_permission" VALUES(52,13,'view_setting','Can view setting');
INSERT INTO "auth_permission" VALUES(53,14,'add_job','Can add job');
INSERT INTO "auth_permission" VALUES(54,14,'change_job','Can change job');
INSERT INTO "auth_permission" VALUES(55,14,'delete_job','Can delete job');
INSERT INTO "auth_permission" VALUES(56,14,'view_job','Can view job');
INSERT INTO "auth_permission" VALUES(57,15,'add_organ','Can add organ');
INSERT INTO "auth_permission" VALUES(58,15,'change_organ','Can change organ');
INSERT INTO "auth_permission" VALUES(59,15,'delete_organ','Can delete organ');
INSERT INTO "auth_permission" VALUES(60,15,'view_organ','Can view organ');
INSERT INTO "auth_permission" VALUES(61,16,'add_link','Can add link');
INSERT INTO "auth_permission" VALUES(62,16,'change_link','Can change link');
INSERT INTO "auth_permission" VALUES(63,16,'delete_link','Can delete link');
INSERT INTO "auth_permission" VALUES(64,16,'view_link','Can view link');
INSERT INTO "auth_permission" VALUES(65,17,'add_submission','Can add submission');
INSERT INTO "auth_permission" VALUES(66,17,'change_submission','Can change submission');
INSERT INTO "auth_permission" VALUES(67,17,'delete_submission','Can delete submission');
INSERT INTO "auth_permission" VALUES(68,17,'view_submission','Can view submission');
INSERT INTO "auth_permission" VALUES(69,18,'add_event','Can add event');
INSERT INTO "auth_permission" VALUES(70,18,'change_event','Can change event');
INSERT INTO "auth_permission" VALUES(71,18,'delete_event','Can delete event');
INSERT INTO "auth_permission" VALUES(72,18,'view_event','Can view event');
INSERT INTO "auth_permission" VALUES(73,19,'add_upload','Can add upload');
INSERT INTO "auth_permission" VALUES(74,19,'change_upload','Can change upload');
INSERT INTO "auth_permission" VALUES(75,19,'delete_upload','Can delete upload');
INSERT INTO "auth_permission" VALUES(76,19,'view_upload','Can view upload');
INSERT INTO "auth_permission" VALUES(77,20,'add_version','Can add version');
INSERT INTO "auth_permission" VALUES(78,20,'change_version','Can change version');
INSERT INTO "auth_permission" VALUES(79,20,'delete_version','Can delete version');
INSERT INTO "auth_permission" VALUES(80,20,'view_version','Can view version');
INSERT INTO "auth_permission" VALUES(81,21,'add_sum','Can add sum');
INSERT INTO "auth_permission" VALUES(82,21,'change_sum','Can change sum');
INSERT INTO "auth_permission" VALUES(83,21,'delete_sum','Can delete sum');
INSERT INTO "auth_permission" VALUES(84,21,'view_sum','Can view sum');
INSERT INTO "auth_permission" VALUES(85,22,'add_remark','Can add remark');
INSERT INTO "auth_permission" VALUES(86,22,'change_remark','Can change remark');
INSERT INTO "auth_permission" VALUES(87,22,'delete_remark','Can delete remark');
INSERT INTO "auth_permission" VALUES(88,22,'view_remark','Can view remark');
INSERT INTO "auth_permission" VALUES(89,23,'add_assignment','Can add assignment');
INSERT INTO "auth_permission" VALUES(90,23,'change_assignment','Can change assignment');
INSERT INTO "auth_permission" VALUES(91,23,'delete_assignment','Can delete assignment');
INSERT INTO "auth_permission" VALUES(92,23,'view_assignment','Can view assignment');
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
INSERT INTO "auth_user" VALUES(1,'!',NULL,0,'lisi','','',0,1,'2026-11-29 09:44:25.697135','李四');
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "axes_accessattempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "get_data" text NOT NULL, "post_data" text NOT NULL, "failures_since_start" integer unsigned NOT NULL CHECK ("failures_since_start" >= 0));
CREATE TABLE "axes_accessattemptexpiration" ("access_attempt_id" integer NOT NULL PRIMARY KEY REFERENCES "axes_accessattempt" ("id") DEFERRABLE INITIALLY DEFERRED, "expires_at" datetime NOT NULL);
CREATE TABLE "axes_accessfailurelog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "locked_out" bool NOT NULL);
CREATE TABLE "axes_accesslog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "logout_time" datetime NULL, "session_hash" varchar(64) NOT NULL);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" VALUES(1,'contenttypes','contenttype');
INSERT INTO "django_content_type" VALUES(2,'auth','permission');
INSERT INTO "django_content_type" VALUES(3,'auth','group');
INSERT INTO "django_content_type" VALUES(4,'auth','user');
INSERT INTO "django_content_type" VALUES(5,'sessions','session');
INSERT INTO "django_content_type" VALUES(6,'axes','accessattempt');
INSERT INTO "django_content_type" VALUES(7,'axes','accesslog');
INSERT INTO "django_content_type" VALUES(8,'axes','accessfailurelog');
INSERT INTO "django_content_type" VALUES(9,'axes','accessattemptexpiration');
INSERT INTO "django_content_type" VALUES(10,'workbench','draft');
INSERT INTO "django_content_type" VALUES(11,'office','file');
INSERT INTO "django_content_type" VALUES(12,'office','head');
INSERT INTO "django_content_type" VALUES(13,'office','setting');
INSERT INTO "django_content_type" VALUES(14,'office','job');
INSERT INTO "django_content_type" VALUES(15,'office','organ');
INSERT INTO "django_content_type" VALUES(16,'office','link');
INSERT INTO "django_content_type" VALUES(17,'office','submission');
INSERT INTO "django_content_type" VALUES(18,'office','event');
INSERT INTO "django_content_type" VALUES(19,'office','upload');
INSERT INTO "django_content_type" VALUES(20,'office','version');
INSERT INTO "django_content_type" VALUES(21,'office','sum');
INSERT INTO "django_content_type" VALUES(22,'office','remark');
INSERT INTO "django_content_type" VALUES(23,'office','assignment');
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'contenttypes','0001_initial','2026-11-29 09:44:23.795852');
INSERT INTO "django_migrations" VALUES(2,'contenttypes','0002_remove_content_type_name','2026-11-29 09:44:23.826487');
INSERT INTO "django_migrations" VALUES(3,'auth','0001_initial','2026-11-29 09:44:23.860537');
INSERT INTO "django_migrations" VALUES(4,'auth','0002_alter_permission_name_max_length','2026-11-29 09:44:23.876520');
INSERT INTO "django_migrations" VALUES(5,'auth','0003_alter_user_email_max_length','2026-11-29 09:44:23.893439');
INSERT INTO "django_migrations" VALUES(6,'auth','0004_alter_user_username_opts','2026-11-29 09:44:23.907618');
INSERT INTO "django_migrations" VALUES(7,'auth','0005_alter_user_last_login_null','2026-11-29 09:44:23.924684');
INSERT INTO "django_migrations" VALUES(8,'auth','0006_require_contenttypes_0002','2026-11-29 09:44:23.927644');
INSERT INTO "django_migrations" VALUES(9,'auth','0007_alter_validators_add_error_messages','2026-11-29 09:44:23.938097');
INSERT INTO "django_migrations" VALUES(10,'auth','0008_alter_user_username_max_length','2026-11-29 09:44:23.952846');
INSERT INTO "django_migrations" VALUES(11,'auth','0009_alter_user_last_name_max_length','2026-11-29 09:44:23.966470');
INSERT INTO "django_migrations" VALUES(12,'auth','0010_alter_group_name_max_length','2026-11-29 09:44:23.977023');
INSERT INTO "django_migrations" VALUES(13,'auth','0011_update_proxy_permissions','2026-11-29 09:44:23.987293');
INSERT INTO "django_migrations" VALUES(14,'auth','0012_alter_user_first_name_max_length','2026-11-29 09:44:23.995969');
INSERT INTO "django_migrations" VALUES(15,'axes','0001_initial','2026-11-29 09:44:24.018794');
INSERT INTO "django_migrations" VALUES(16,'axes','0002_auto_20151217_2044','2026-11-29 09:44:24.068849');
INSERT INTO "django_migrations" VALUES(17,'axes','0003_auto_20160322_0929','2026-11-29 09:44:24.083864');
INSERT INTO "django_migrations" VALUES(18,'axes','0004_auto_20181024_1538','2026-11-29 09:44:24.101978');
INSERT INTO "django_migrations" VALUES(19,'axes','0005_remove_accessattempt_trusted','2026-11-29 09:44:24.111035');
INSERT INTO "django_migrations" VALUES(20,'axes','0006_remove_accesslog_trusted','2026-11-29 09:44:24.126977');
INSERT INTO "django_migrations" VALUES(21,'axes','0007_alter_accessattempt_unique_together','2026-11-29 09:44:24.145120');
INSERT INTO "django_migrations" VALUES(22,'axes','0008_accessfailurelog','2026-11-29 09:44:24.163810');
INSERT INTO "django_migrations" VALUES(23,'axes','0009_add_session_hash','2026-11-29 09:44:24.179577');
INSERT INTO "django_migrations" VALUES(24,'axes','0010_accessattemptexpiration','2026-11-29 09:44:24.191055');
INSERT INTO "django_migrations" VALUES(25,'workbench','0001_initial','2026-11-29 09:44:24.203030');
INSERT INTO "django_migrations" VALUES(26,'office','0001_initial','2026-11-29 09:44:24.411105');
INSERT INTO "django_migrations" VALUES(27,'sessions','0001_initial','2026-11-29 09:44:24.440462');
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "office_assignment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(8) NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "organ_id" bigint NULL REFERENCES "office_organ" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_role_on_an_organ" UNIQUE ("user_id", "role", "organ_id"));
INSERT INTO "office_assignment" VALUES(1,'审核人',1,1);
INSERT INTO "office_assignment" VALUES(2,'汇总人',1,NULL);
CREATE TABLE "office_event" ("id" bigint NOT NULL PRIMARY KEY, "at" varchar(40) NOT NULL, "who" varchar(200) NOT NULL, "address" varchar(60) NOT NULL, "what" varchar(40) NOT NULL, "detail" text NOT NULL, "before" varchar(64) NOT NULL, "digest" varchar(64) NOT NULL, "submission_id" bigint NULL REFERENCES "office_submission" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "office_event" VALUES(1,'2026-11-29T09:44:25.730543+00:00','李四（lisi）','10.0.0.8','assign','{"account": "lisi", "organ": "某某县人民政府", "role": "审核人"}','0000000000000000000000000000000000000000000000000000000000000000','5c2569873fc3ed0d4cdedc67052363cdff93524819a37c34340eca077928fec2',NULL);
INSERT INTO "office_event" VALUES(2,'2026-11-29T09:44:25.746070+00:00','李四（lisi）','10.0.0.8','assign','{"account": "lisi", "organ": "", "role": "汇总人"}','5c2569873fc3ed0d4cdedc67052363cdff93524819a37c34340eca077928fec2','2bcdee44cff05674355c6b0224d0c2f00e73557e867eb9a465dd317c5cdc7dd5',NULL);
INSERT INTO "office_event" VALUES(3,'2026-11-29T09:44:26.471196+00:00','李四（lisi）','10.0.0.8','fill','{"file": "报告.json", "sha256": "55b14dc8ec2b45ff3d8a1dce2438acb04df0ecaa45c3bbc4ae8ffec4be97ded7", "upload": 1}','2bcdee44cff05674355c6b0224d0c2f00e73557e867eb9a465dd317c5cdc7dd5','7856e0eb9dbade11e5ae74a4a3abdb1c7bff1171ecbb3e692b2984eae3402337',2);
INSERT INTO "office_event" VALUES(4,'2026-11-29T09:44:26.552920+00:00','李四（lisi）','10.0.0.8','submit','{"errors": 0, "version": 1, "warnings": 0}','7856e0eb9dbade11e5ae74a4a3abdb1c7bff1171ecbb3e692b2984eae3402337','c548237b475b2d6c0d980a660cb2d5dac582a1761d8bd94522035f88dc7d02fc',2);
INSERT INTO "office_event" VALUES(5,'2026-11-29T09:44:26.561771+00:00','李四（lisi）','10.0.0.8','review','','c548237b475b2d6c0d980a660cb2d5dac582a1761d8bd94522035f88dc7d02fc','ed88954008deb2684d037521386ab40ba7a2d1f0b3d70dc7a3bb30499181fed5',2);
INSERT INTO "office_event" VALUES(6,'2026-11-29T09:44:26.587686+00:00','李四（lisi）','10.0.0.8','accept','{"reason": "已了解"}','ed88954008deb2684d037521386ab40ba7a2d1f0b3d70dc7a3bb30499181fed5','d970ee880acc04641f28f17f96157c6838f7d871bcc0863b8830605d1029017b',2);
INSERT INTO "office_event" VALUES(7,'2026-11-29T09:44:26.609882+00:00','李四（lisi）','10.0.0.8','publish','{"address": "https://www.example.gov.cn/1.html", "day": "2026-01-27"}','d970ee880acc04641f28f17f96157c6838f7d871bcc0863b8830605d1029017b','4de7cf1e7ea47ad7301b17348e3bd68fc8441ad7adcc57f3605b93fdc9e2237c',2);
INSERT INTO "office_event" VALUES(8,'2026-11-29T09:44:26.711696+00:00','李四（lisi）','10.0.0.8','fill','{"file": "报告.json", "sha256": "f9426d93c08ed84e72f7c699f3f6435c59d70079e310145b107379cee5ba67ed", "upload": 2}','4de7cf1e7ea47ad7301b17348e3bd68fc8441ad7adcc57f3605b93fdc9e2237c','67d32d12fa367680062c8ec0de90014bdead06584ec54520b85bfb39df0d44bb',3);
INSERT INTO "office_event" VALUES(9,'2026-11-29T09:44:26.815973+00:00','李四（lisi）','10.0.0.8','submit','{"errors": 0, "version": 1, "warnings": 0}','67d32d12fa367680062c8ec0de90014bdead06584ec54520b85bfb39df0d44bb','d99e6360ad4d9f222e0439dc082e8dcd6f3a8a316e6276d5db149c684f8af3b4',3);
INSERT INTO "office_event" VALUES(10,'2026-11-29T09:44:26.836836+00:00','李四（lisi）','10.0.0.8','review','','d99e6360ad4d9f222e0439dc082e8dcd6f3a8a316e6276d5db149c684f8af3b4','970a4143ab42af3dce9aefcb13b1f6ae36570293e6b5c7915c1feb0758d81760',3);
INSERT INTO "office_event" VALUES(11,'2026-11-29T09:44:26.856835+00:00','李四（lisi）','10.0.0.8','accept','{"reason": "已了解"}','970a4143ab42af3dce9aefcb13b1f6ae36570293e6b5c7915c1feb0758d81760','52c541301d513371b2ea3b4b3ba2ccbec5770c9ab045ba5fd3b0b60c7a2d30cc',3);
INSERT INTO "office_event" VALUES(12,'2026-11-29T09:44:26.863419+00:00','李四（lisi）','10.0.0.8','publish','{"address": "https://www.example.gov.cn/2.html", "day": "2026-01-28"}','52c541301d513371b2ea3b4b3ba2ccbec5770c9ab045ba5fd3b0b60c7a2d30cc','62fd772e62054c8169b2afe5f5b26b0f47857aa12d7ed9b8cea9e188e8ac041f',3);
CREATE TABLE "office_file" ("sha256" varchar(64) NOT NULL PRIMARY KEY, "size" bigint NOT NULL);
INSERT INTO "office_file" VALUES('55b14dc8ec2b45ff3d8a1dce2438acb04df0ecaa45c3bbc4ae8ffec4be97ded7',4133);
INSERT INTO "office_file" VALUES('f9426d93c08ed84e72f7c699f3f6435c59d70079e310145b107379cee5ba67ed',4183);
CREATE TABLE "office_head" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" bigint unsigned NOT NULL CHECK ("number" >= 0), "digest" varchar(64) NOT NULL);
INSERT INTO "office_head" VALUES(1,12,'62fd772e62054c8169b2afe5f5b26b0f47857aa12d7ed9b8cea9e188e8ac041f');
CREATE TABLE "office_job" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(40) NOT NULL, "payload" text NOT NULL, "state" varchar(8) NOT NULL, "tries" smallint unsigned NOT NULL CHECK ("tries" >= 0), "result" text NOT NULL, "claimed_until" datetime NULL, "at" datetime NOT NULL);
CREATE TABLE "office_link" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "made_by" varchar(200) NOT NULL, "made_at" datetime NOT NULL, "expires" datetime NOT NULL, "revoked" bool NOT NULL, "used_at" datetime NULL, "organ_id" bigint NOT NULL REFERENCES "office_organ" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "office_organ" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "normal_name" varchar(200) NOT NULL UNIQUE, "reporter" varchar(40) NOT NULL, "aggregate" bool NOT NULL, "active" bool NOT NULL, "remark" varchar(500) NOT NULL, "superior_id" bigint NULL REFERENCES "office_organ" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "office_organ" VALUES(1,'某某县人民政府','某某县人民政府','县级政府汇总',1,1,'',NULL);
INSERT INTO "office_organ" VALUES(2,'某某县财政局','某某县财政局','部门',0,1,'',1);
INSERT INTO "office_organ" VALUES(3,'某某县教育局','某某县教育局','部门',0,1,'',1);
INSERT INTO "office_organ" VALUES(4,'某某县民政局','某某县民政局','部门',0,1,'',1);
CREATE TABLE "office_remark" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "target" varchar(200) NOT NULL, "text" text NOT NULL, "who" varchar(200) NOT NULL, "at" datetime NOT NULL, "answer" text NOT NULL, "answered_by" varchar(200) NOT NULL, "settled_by" varchar(200) NOT NULL, "settled_at" datetime NULL, "version_id" bigint NOT NULL REFERENCES "office_version" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "office_remark" VALUES(1,'','请核对','李四（lisi）','2026-11-29 09:44:26.577635','','','李四（lisi）','2026-11-29 09:44:26.577313',1);
INSERT INTO "office_remark" VALUES(2,'','请核对','李四（lisi）','2026-11-29 09:44:26.844681','','','李四（lisi）','2026-11-29 09:44:26.844557',2);
CREATE TABLE "office_setting" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "signature" bool NOT NULL, "lenient" bool NOT NULL, "link_days" smallint unsigned NOT NULL CHECK ("link_days" >= 0));
INSERT INTO "office_setting" VALUES(1,'',2025,0,0,60);
CREATE TABLE "office_submission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "due" date NOT NULL, "state" varchar(8) NOT NULL, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "submitted_at" datetime NULL, "changed_at" datetime NOT NULL, "errors" integer unsigned NOT NULL CHECK ("errors" >= 0), "warnings" integer unsigned NOT NULL CHECK ("warnings" >= 0), "published_on" date NULL, "address" varchar(500) NOT NULL, "draft_id" varchar(16) NULL UNIQUE REFERENCES "workbench_draft" ("id") DEFERRABLE INITIALLY DEFERRED, "organ_id" bigint NOT NULL REFERENCES "office_organ" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_submission_a_year" UNIQUE ("organ_id", "year"));
INSERT INTO "office_submission" VALUES(1,2025,'2026-03-10','未报',0,NULL,'2026-11-29 09:44:25.755124',0,0,NULL,'',NULL,1);
INSERT INTO "office_submission" VALUES(2,2025,'2026-01-31','已公布',1,'2026-11-29 09:44:26.542989','2026-11-29 09:44:26.609033',0,0,'2026-01-27','https://www.example.gov.cn/1.html','528ecf6bd6b5b7bf',2);
INSERT INTO "office_submission" VALUES(3,2025,'2026-01-31','已公布',1,'2026-11-29 09:44:26.814825','2026-11-29 09:44:26.862810',0,0,'2026-01-28','https://www.example.gov.cn/2.html','5461949956aecbdc',3);
INSERT INTO "office_submission" VALUES(4,2025,'2026-01-31','未报',0,NULL,'2026-11-29 09:44:26.892459',0,0,NULL,'',NULL,4);
CREATE TABLE "office_sum" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "stale" bool NOT NULL, "who" varchar(200) NOT NULL, "at" datetime NOT NULL, "aggregate_id" bigint NOT NULL REFERENCES "office_submission" ("id") DEFERRABLE INITIALLY DEFERRED, "file_id" varchar(64) NOT NULL REFERENCES "office_file" ("sha256") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "office_sum_versions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sum_id" bigint NOT NULL REFERENCES "office_sum" ("id") DEFERRABLE INITIALLY DEFERRED, "version_id" bigint NOT NULL REFERENCES "office_version" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "office_upload" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "who" varchar(200) NOT NULL, "at" datetime NOT NULL, "file_id" varchar(64) NOT NULL REFERENCES "office_file" ("sha256") DEFERRABLE INITIALLY DEFERRED, "submission_id" bigint NOT NULL REFERENCES "office_submission" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "office_upload" VALUES(1,'报告.json','李四（lisi）','2026-11-29 09:44:26.124546','55b14dc8ec2b45ff3d8a1dce2438acb04df0ecaa45c3bbc4ae8ffec4be97ded7',2);
INSERT INTO "office_upload" VALUES(2,'报告.json','李四（lisi）','2026-11-29 09:44:26.681857','f9426d93c08ed84e72f7c699f3f6435c59d70079e310145b107379cee5ba67ed',3);
CREATE TABLE "office_version" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "report" text NOT NULL, "findings" text NOT NULL, "errors" integer unsigned NOT NULL CHECK ("errors" >= 0), "warnings" integer unsigned NOT NULL CHECK ("warnings" >= 0), "who" varchar(200) NOT NULL, "at" datetime NOT NULL, "submission_id" bigint NOT NULL REFERENCES "office_submission" ("id") DEFERRABLE INITIALLY DEFERRED, "upload_id" bigint NULL REFERENCES "office_upload" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_version_a_number" UNIQUE ("submission_id", "number"));
INSERT INTO "office_version" VALUES(1,1,'{
 "organ": "某某县财政局",
 "year": 2025,
 "edition": "2021",
 "title": "某某县财政局2025年政府信息公开工作年度报告",
 "issued_by": "某某县财政局",
 "date_line": "2026年1月9日",
 "reporter": "部门",
 "contact": {},
 "sections": {
  "引言": "本报告统计期限为2025年1月1日至12月31日。",
  "一": "（一）主动公开。月底业务科试读解读材料17次，列入科室考核，开学前再由档案室登记来件。年末业务科整理卷宗5次，形成书面记录，汛期再由值班人员核对栏目目录。\n（二）依申请公开。开学前各科室走访来信群众77次，逐件对照清单，收件后三日内再由办公室核对栏目目录。每月初办公室登记来件89次，由两人交叉复核，汛期再由办公室走访来信群众。\n（三）政府信息管理。开学前档案室走访来信群众46次，由两人交叉复核，年末再由档案室试读解读材料。每月初值班人员清点存量文件25次，在例会上通报，文件印发当日再由业务科检查链接。\n（四）平台建设。节前值班人员走访来信群众40次，结果张榜公布，月底再由档案室登记来件。月底办公室整理卷宗33次，在例会上通报，汛期再由值班人员补录旧文件。\n（五）监督保障。收件后三日内分管负责人清点存量文件58次，在例会上通报，节前再由业务科补录旧文件。节前值班人员检查链接64次，在例会上通报，每月初再由档案室核对栏目目录。\n工作考核按月进行，社会评议每年一次，全年没有需要责任追究的情形。",
  "五": "一是文件印发当日值班人员补录旧文件23次，邀请代表旁听，年末再由办公室走访来信群众做得还不够，下一年增加一次；二是节前信息中心登记来件67次，结果张榜公布，月底再由分管负责人整理卷宗有待改进，下一年改为两人负责。",
  "六": "没有收取信息处理费。"
 },
 "table2": {
  "规章": {
   "本年制发件数": 0,
   "本年废止件数": 0,
   "现行有效件数": 0
  },
  "行政规范性文件": {
   "本年制发件数": 20,
   "本年废止件数": 44,
   "现行有效件数": 52
  },
  "行政许可": {
   "本年处理决定数量": 28
  },
  "行政处罚": {
   "本年处理决定数量": 53
  },
  "行政强制": {
   "本年处理决定数量": 55
  },
  "行政事业性收费": {
   "本年收费金额（单位：万元）": 9
  }
 },
 "table3": {
  "一、本年新收政府信息公开申请数量": [
   57,
   22,
   34,
   42,
   43,
   38,
   236
  ],
  "二、上年结转政府信息公开申请数量": [
   1,
   1,
   0,
   0,
   1,
   1,
   4
  ],
  "（一）予以公开": [
   2,
   0,
   1,
   0,
   0,
   0,
   3
  ],
  "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": [
   1,
   5,
   2,
   0,
   0,
   0,
   8
  ],
  "1.属于国家秘密": [
   5,
   1,
   1,
   0,
   1,
   5,
   13
  ],
  "2.其他法律行政法规禁止公开": [
   5,
   0,
   2,
   2,
   1,
   2,
   12
  ],
  "3.危及“三安全一稳定”": [
   0,
   0,
   2,
   5,
   0,
   5,
   12
  ],
  "4.保护第三方合法权益": [
   5,
   0,
   0,
   2,
   2,
   0,
   9
  ],
  "5.属于三类内部事务信息": [
   2,
   0,
   0,
   5,
   5,
   2,
   14
  ],
  "6.属于四类过程性信息": [
   2,
   2,
   1,
   0,
   1,
   0,
   6
  ],
  "7.属于行政执法案卷": [
   1,
   0,
   2,
   5,
   0,
   2,
   10
  ],
  "8.属于行政查询事项": [
   2,
   1,
   1,
   2,
   0,
   1,
   7
  ],
  "1.本机关不掌握相关政府信息": [
   1,
   0,
   2,
   0,
   5,
   5,
   13
  ],
  "2.没有现成信息需要另行制作": [
   0,
   1,
   0,
   5,
   0,
   2,
   8
  ],
  "3.补正后申请内容仍不明确": [
   5,
   0,
   1,
   0,
   5,
   0,
   11
  ],
  "1.信访举报投诉类申请": [
   5,
   5,
   0,
   2,
   0,
   1,
   13
  ],
  "2.重复申请": [
   5,
   0,
   1,
   5,
   5,
   5,
   21
  ],
  "3.要求提供公开出版物": [
   5,
   1,
   5,
   1,
   2,
   2,
   16
  ],
  "4.无正当理由大量反复申请": [
   1,
   1,
   0,
   2,
   0,
   1,
   5
  ],
  "5.要求行政机关确认或重新出具已获取信息": [
   2,
   0,
   5,
   0,
   5,
   0,
   12
  ],
  "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": [
   5,
   0,
   2,
   1,
   5,
   0,
   13
  ],
  "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": [
   0,
   0,
   0,
   0,
   0,
   0,
   0
  ],
  "3.其他": [
   0,
   1,
   0,
   0,
   2,
   1,
   4
  ],
  "（七）总计": [
   54,
   18,
   28,
   37,
   39,
   34,
   210
  ],
  "四、结转下年度继续办理": [
   4,
   5,
   6,
   5,
   5,
   5,
   30
  ]
 },
 "table4": {
  "行政复议": [
   1,
   0,
   0,
   0,
   1
  ],
  "未经复议直接起诉": [
   1,
   2,
   0,
   2,
   5
  ],
  "复议后起诉": [
   1,
   2,
   0,
   0,
   3
  ]
 }
}
','[]',0,0,'李四（lisi）','2026-11-29 09:44:26.542504',2,1);
INSERT INTO "office_version" VALUES(2,1,'{
 "organ": "某某县教育局",
 "year": 2025,
 "edition": "2021",
 "title": "某某县教育局2025年政府信息公开工作年度报告",
 "issued_by": "某某县教育局",
 "date_line": "2026年1月28日",
 "reporter": "部门",
 "contact": {},
 "sections": {
  "引言": "本报告统计期限为2025年1月1日至12月31日。",
  "一": "（一）主动公开。每月初业务科补录旧文件23次，由两人交叉复核，节前再由信息中心试读解读材料。收件后三日内各科室检查链接45次，结果张榜公布，每季末再由各科室走访来信群众。\n（二）依申请公开。月底档案室补录旧文件76次，邀请代表旁听，每季末再由分管负责人核对栏目目录。汛期业务科登记来件20次，形成书面记录，年中再由分管负责人清点存量文件。\n（三）政府信息管理。月底值班人员清点存量文件75次，邀请代表旁听，年末再由业务科试读解读材料。收件后三日内各科室清点存量文件60次，结果张榜公布，每季末再由办公室试读解读材料。\n（四）平台建设。每月初办公室清点存量文件54次，逐件对照清单，每月初再由信息中心走访来信群众。月底值班人员补录旧文件16次，列入科室考核，年中再由信息中心补录旧文件。\n（五）监督保障。每季末值班人员登记来件71次，形成书面记录，文件印发当日再由各科室整理卷宗。收件后三日内业务科走访来信群众85次，结果张榜公布，每月初再由办公室核对栏目目录。\n工作考核按月进行，社会评议每年一次，全年没有需要责任追究的情形。",
  "五": "一是文件印发当日分管负责人整理卷宗52次，结果张榜公布，汛期再由业务科清点存量文件做得还不够，下一年增加一次；二是收件后三日内档案室清点存量文件34次，由两人交叉复核，月底再由档案室检查链接有待改进，下一年改为两人负责。",
  "六": "没有收取信息处理费。"
 },
 "table2": {
  "规章": {
   "本年制发件数": 0,
   "本年废止件数": 0,
   "现行有效件数": 0
  },
  "行政规范性文件": {
   "本年制发件数": 33,
   "本年废止件数": 39,
   "现行有效件数": 32
  },
  "行政许可": {
   "本年处理决定数量": 35
  },
  "行政处罚": {
   "本年处理决定数量": 43
  },
  "行政强制": {
   "本年处理决定数量": 25
  },
  "行政事业性收费": {
   "本年收费金额（单位：万元）": 25
  }
 },
 "table3": {
  "一、本年新收政府信息公开申请数量": [
   43,
   28,
   41,
   40,
   40,
   36,
   228
  ],
  "二、上年结转政府信息公开申请数量": [
   1,
   1,
   0,
   2,
   2,
   3,
   9
  ],
  "（一）予以公开": [
   2,
   0,
   0,
   1,
   5,
   2,
   10
  ],
  "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": [
   0,
   0,
   1,
   0,
   0,
   0,
   1
  ],
  "1.属于国家秘密": [
   5,
   2,
   1,
   2,
   0,
   2,
   12
  ],
  "2.其他法律行政法规禁止公开": [
   1,
   0,
   0,
   2,
   1,
   1,
   5
  ],
  "3.危及“三安全一稳定”": [
   0,
   1,
   5,
   5,
   1,
   5,
   17
  ],
  "4.保护第三方合法权益": [
   2,
   5,
   5,
   1,
   2,
   5,
   20
  ],
  "5.属于三类内部事务信息": [
   1,
   0,
   1,
   5,
   5,
   1,
   13
  ],
  "6.属于四类过程性信息": [
   0,
   0,
   0,
   2,
   2,
   0,
   4
  ],
  "7.属于行政执法案卷": [
   1,
   0,
   0,
   5,
   0,
   0,
   6
  ],
  "8.属于行政查询事项": [
   0,
   0,
   0,
   2,
   5,
   0,
   7
  ],
  "1.本机关不掌握相关政府信息": [
   1,
   1,
   5,
   0,
   0,
   5,
   12
  ],
  "2.没有现成信息需要另行制作": [
   5,
   1,
   0,
   2,
   0,
   1,
   9
  ],
  "3.补正后申请内容仍不明确": [
   1,
   2,
   1,
   1,
   2,
   0,
   7
  ],
  "1.信访举报投诉类申请": [
   0,
   2,
   5,
   0,
   0,
   5,
   12
  ],
  "2.重复申请": [
   1,
   0,
   5,
   1,
   0,
   0,
   7
  ],
  "3.要求提供公开出版物": [
   0,
   0,
   0,
   2,
   5,
   1,
   8
  ],
  "4.无正当理由大量反复申请": [
   5,
   5,
   0,
   0,
   1,
   1,
   12
  ],
  "5.要求行政机关确认或重新出具已获取信息": [
   5,
   1,
   1,
   2,
   5,
   1,
   15
  ],
  "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": [
   5,
   0,
   2,
   5,
   2,
   5,
   19
  ],
  "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": [
   5,
   5,
   5,
   0,
   0,
   1,
   16
  ],
  "3.其他": [
   0,
   0,
   0,
   0,
   0,
   0,
   0
  ],
  "（七）总计": [
   40,
   25,
   37,
   38,
   36,
   36,
   212
  ],
  "四、结转下年度继续办理": [
   4,
   4,
   4,
   4,
   6,
   3,
   25
  ]
 },
 "table4": {
  "行政复议": [
   0,
   2,
   2,
   2,
   6
  ],
  "未经复议直接起诉": [
   1,
   0,
   0,
   0,
   1
  ],
  "复议后起诉": [
   1,
   0,
   2,
   0,
   3
  ]
 }
}
','[]',0,0,'李四（lisi）','2026-11-29 09:44:26.814601',3,2);
CREATE TABLE "workbench_draft" ("id" varchar(16) NOT NULL PRIMARY KEY, "name" varchar(255) NOT NULL, "title" text NOT NULL, "values" text NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "told" text NOT NULL CHECK ((JSON_VALID("told") OR "told" IS NULL)), "source" BLOB NULL, "last_name" varchar(255) NOT NULL, "last" text NOT NULL, "created" datetime NOT NULL, "changed" datetime NOT NULL);
INSERT INTO "workbench_draft" VALUES('528ecf6bd6b5b7bf','报告.json','某某县财政局2025年政府信息公开工作年度报告','{"year": 2025, "particulars": {"organ": "某某县财政局", "year": "2025", "reporter": "部门", "title": "某某县财政局2025年政府信息公开工作年度报告", "issued_by": "某某县财政局", "date_line": "2026年1月9日"}, "figures": {"disclosure.regulations.issued": "0", "disclosure.regulations.repealed": "0", "disclosure.regulations.in_force": "0", "disclosure.normative_documents.issued": "20", "disclosure.normative_documents.repealed": "44", "disclosure.normative_documents.in_force": "52", "disclosure.licences.decisions": "28", "disclosure.penalties.decisions": "53", "disclosure.coercive_measures.decisions": "55", "disclosure.fees.amount": "9", "requests.received.natural_person": "57", "requests.received.business": "22", "requests.received.research": "34", "requests.received.welfare": "42", "requests.received.legal_service": "43", "requests.received.other": "38", "requests.received.total": "236", "requests.carried_in.natural_person": "1", "requests.carried_in.business": "1", "requests.carried_in.research": "0", "requests.carried_in.welfare": "0", "requests.carried_in.legal_service": "1", "requests.carried_in.other": "1", "requests.carried_in.total": "4", "requests.disclosed.natural_person": "2", "requests.disclosed.business": "0", "requests.disclosed.research": "1", "requests.disclosed.welfare": "0", "requests.disclosed.legal_service": "0", "requests.disclosed.other": "0", "requests.disclosed.total": "3", "requests.partly_disclosed.natural_person": "1", "requests.partly_disclosed.business": "5", "requests.partly_disclosed.research": "2", "requests.partly_disclosed.welfare": "0", "requests.partly_disclosed.legal_service": "0", "requests.partly_disclosed.other": "0", "requests.partly_disclosed.total": "8", "requests.state_secret.natural_person": "5", "requests.state_secret.business": "1", "requests.state_secret.research": "1", "requests.state_secret.welfare": "0", "requests.state_secret.legal_service": "1", "requests.state_secret.other": "5", "requests.state_secret.total": "13", "requests.forbidden_by_law.natural_person": "5", "requests.forbidden_by_law.business": "0", "requests.forbidden_by_law.research": "2", "requests.forbidden_by_law.welfare": "2", "requests.forbidden_by_law.legal_service": "1", "requests.forbidden_by_law.other": "2", "requests.forbidden_by_law.total": "12", "requests.endangers_security.natural_person": "0", "requests.endangers_security.business": "0", "requests.endangers_security.research": "2", "requests.endangers_security.welfare": "5", "requests.endangers_security.legal_service": "0", "requests.endangers_security.other": "5", "requests.endangers_security.total": "12", "requests.third_party_rights.natural_person": "5", "requests.third_party_rights.business": "0", "requests.third_party_rights.research": "0", "requests.third_party_rights.welfare": "2", "requests.third_party_rights.legal_service": "2", "requests.third_party_rights.other": "0", "requests.third_party_rights.total": "9", "requests.internal_affairs.natural_person": "2", "requests.internal_affairs.business": "0", "requests.internal_affairs.research": "0", "requests.internal_affairs.welfare": "5", "requests.internal_affairs.legal_service": "5", "requests.internal_affairs.other": "2", "requests.internal_affairs.total": "14", "requests.process_information.natural_person": "2", "requests.process_information.business": "2", "requests.process_information.research": "1", "requests.process_information.welfare": "0", "requests.process_information.legal_service": "1", "requests.process_information.other": "0", "requests.process_information.total": "6", "requests.enforcement_files.natural_person": "1", "requests.enforcement_files.business": "0", "requests.enforcement_files.research": "2", "requests.enforcement_files.welfare": "5", "requests.enforcement_files.legal_service": "0", "requests.enforcement_files.other": "2", "requests.enforcement_files.total": "10", "requests.administrative_query.natural_person": "2", "requests.administrative_query.business": "1", "requests.administrative_query.research": "1", "requests.administrative_query.welfare": "2", "requests.administrative_query.legal_service": "0", "requests.administrative_query.other": "1", "requests.administrative_query.total": "7", "requests.not_held.natural_person": "1", "requests.not_held.business": "0", "requests.not_held.research": "2", "requests.not_held.welfare": "0", "requests.not_held.legal_service": "5", "requests.not_held.other": "5", "requests.not_held.total": "13", "requests.must_be_created.natural_person": "0", "requests.must_be_created.business": "1", "requests.must_be_created.research": "0", "requests.must_be_created.welfare": "5", "requests.must_be_created.legal_service": "0", "requests.must_be_created.other": "2", "requests.must_be_created.total": "8", "requests.unclear_after_correction.natural_person": "5", "requests.unclear_after_correction.business": "0", "requests.unclear_after_correction.research": "1", "requests.unclear_after_correction.welfare": "0", "requests.unclear_after_correction.legal_service": "5", "requests.unclear_after_correction.other": "0", "requests.unclear_after_correction.total": "11", "requests.petition.natural_person": "5", "requests.petition.business": "5", "requests.petition.research": "0", "requests.petition.welfare": "2", "requests.petition.legal_service": "0", "requests.petition.other": "1", "requests.petition.total": "13", "requests.repeated.natural_person": "5", "requests.repeated.business": "0", "requests.repeated.research": "1", "requests.repeated.welfare": "5", "requests.repeated.legal_service": "5", "requests.repeated.other": "5", "requests.repeated.total": "21", "requests.publication.natural_person": "5", "requests.publication.business": "1", "requests.publication.research": "5", "requests.publication.welfare": "1", "requests.publication.legal_service": "2", "requests.publication.other": "2", "requests.publication.total": "16", "requests.excessive.natural_person": "1", "requests.excessive.business": "1", "requests.excessive.research": "0", "requests.excessive.welfare": "2", "requests.excessive.legal_service": "0", "requests.excessive.other": "1", "requests.excessive.total": "5", "requests.reconfirmation.natural_person": "2", "requests.reconfirmation.business": "0", "requests.reconfirmation.research": "5", "requests.reconfirmation.welfare": "0", "requests.reconfirmation.legal_service": "5", "requests.reconfirmation.other": "0", "requests.reconfirmation.total": "12", "requests.not_corrected_in_time.natural_person": "5", "requests.not_corrected_in_time.business": "0", "requests.not_corrected_in_time.research": "2", "requests.not_corrected_in_time.welfare": "1", "requests.not_corrected_in_time.legal_service": "5", "requests.not_corrected_in_time.other": "0", "requests.not_corrected_in_time.total": "13", "requests.fee_not_paid.natural_person": "0", "requests.fee_not_paid.business": "0", "requests.fee_not_paid.research": "0", "requests.fee_not_paid.welfare": "0", "requests.fee_not_paid.legal_service": "0", "requests.fee_not_paid.other": "0", "requests.fee_not_paid.total": "0", "requests.other_outcome.natural_person": "0", "requests.other_outcome.business": "1", "requests.other_outcome.research": "0", "requests.other_outcome.welfare": "0", "requests.other_outcome.legal_service": "2", "requests.other_outcome.other": "1", "requests.other_outcome.total": "4", "requests.outcome_total.natural_person": "54", "requests.outcome_total.business": "18", "requests.outcome_total.research": "28", "requests.outcome_total.welfare": "37", "requests.outcome_total.legal_service": "39", "requests.outcome_total.other": "34", "requests.outcome_total.total": "210", "requests.carried_out.natural_person": "4", "requests.carried_out.business": "5", "requests.carried_out.research": "6", "requests.carried_out.welfare": "5", "requests.carried_out.legal_service": "5", "requests.carried_out.other": "5", "requests.carried_out.total": "30", "disputes.review.upheld": "1", "disputes.review.corrected": "0", "disputes.review.otherwise": "0", "disputes.review.pending": "0", "disputes.review.total": "1", "disputes.litigation_direct.upheld": "1", "disputes.litigation_direct.corrected": "2", "disputes.litigation_direct.otherwise": "0", "disputes.litigation_direct.pending": "2", "disputes.litigation_direct.total": "5", "disputes.litigation_after_review.upheld": "1", "disputes.litigation_after_review.corrected": "2", "disputes.litigation_after_review.otherwise": "0", "disputes.litigation_after_review.pending": "0", "disputes.litigation_after_review.total": "3"}, "as_text": [], "texts": {"preface": "本报告统计期限为2025年1月1日至12月31日。", "overview": "（一）主动公开。月底业务科试读解读材料17次，列入科室考核，开学前再由档案室登记来件。年末业务科整理卷宗5次，形成书面记录，汛期再由值班人员核对栏目目录。\n（二）依申请公开。开学前各科室走访来信群众77次，逐件对照清单，收件后三日内再由办公室核对栏目目录。每月初办公室登记来件89次，由两人交叉复核，汛期再由办公室走访来信群众。\n（三）政府信息管理。开学前档案室走访来信群众46次，由两人交叉复核，年末再由档案室试读解读材料。每月初值班人员清点存量文件25次，在例会上通报，文件印发当日再由业务科检查链接。\n（四）平台建设。节前值班人员走访来信群众40次，结果张榜公布，月底再由档案室登记来件。月底办公室整理卷宗33次，在例会上通报，汛期再由值班人员补录旧文件。\n（五）监督保障。收件后三日内分管负责人清点存量文件58次，在例会上通报，节前再由业务科补录旧文件。节前值班人员检查链接64次，在例会上通报，每月初再由档案室核对栏目目录。\n工作考核按月进行，社会评议每年一次，全年没有需要责任追究的情形。", "improvement": "一是文件印发当日值班人员补录旧文件23次，邀请代表旁听，年末再由办公室走访来信群众做得还不够，下一年增加一次；二是节前信息中心登记来件67次，结果张榜公布，月底再由分管负责人整理卷宗有待改进，下一年改为两人负责。", "other_matters": "没有收取信息处理费。"}, "decisions": {}}',1,'[]',NULL,'','','2026-11-29 09:44:26.126018','2026-11-29 09:44:26.126039');
INSERT INTO "workbench_draft" VALUES('5461949956aecbdc','报告.json','某某县教育局2025年政府信息公开工作年度报告','{"year": 2025, "particulars": {"organ": "某某县教育局", "year": "2025", "reporter": "部门", "title": "某某县教育局2025年政府信息公开工作年度报告", "issued_by": "某某县教育局", "date_line": "2026年1月28日"}, "figures": {"disclosure.regulations.issued": "0", "disclosure.regulations.repealed": "0", "disclosure.regulations.in_force": "0", "disclosure.normative_documents.issued": "33", "disclosure.normative_documents.repealed": "39", "disclosure.normative_documents.in_force": "32", "disclosure.licences.decisions": "35", "disclosure.penalties.decisions": "43", "disclosure.coercive_measures.decisions": "25", "disclosure.fees.amount": "25", "requests.received.natural_person": "43", "requests.received.business": "28", "requests.received.research": "41", "requests.received.welfare": "40", "requests.received.legal_service": "40", "requests.received.other": "36", "requests.received.total": "228", "requests.carried_in.natural_person": "1", "requests.carried_in.business": "1", "requests.carried_in.research": "0", "requests.carried_in.welfare": "2", "requests.carried_in.legal_service": "2", "requests.carried_in.other": "3", "requests.carried_in.total": "9", "requests.disclosed.natural_person": "2", "requests.disclosed.business": "0", "requests.disclosed.research": "0", "requests.disclosed.welfare": "1", "requests.disclosed.legal_service": "5", "requests.disclosed.other": "2", "requests.disclosed.total": "10", "requests.partly_disclosed.natural_person": "0", "requests.partly_disclosed.business": "0", "requests.partly_disclosed.research": "1", "requests.partly_disclosed.welfare": "0", "requests.partly_disclosed.legal_service": "0", "requests.partly_disclosed.other": "0", "requests.partly_disclosed.total": "1", "requests.state_secret.natural_person": "5", "requests.state_secret.business": "2", "requests.state_secret.research": "1", "requests.state_secret.welfare": "2", "requests.state_secret.legal_service": "0", "requests.state_secret.other": "2", "requests.state_secret.total": "12", "requests.forbidden_by_law.natural_person": "1", "requests.forbidden_by_law.business": "0", "requests.forbidden_by_law.research": "0", "requests.forbidden_by_law.welfare": "2", "requests.forbidden_by_law.legal_service": "1", "requests.forbidden_by_law.other": "1", "requests.forbidden_by_law.total": "5", "requests.endangers_security.natural_person": "0", "requests.endangers_security.business": "1", "requests.endangers_security.research": "5", "requests.endangers_security.welfare": "5", "requests.endangers_security.legal_service": "1", "requests.endangers_security.other": "5", "requests.endangers_security.total": "17", "requests.third_party_rights.natural_person": "2", "requests.third_party_rights.business": "5", "requests.third_party_rights.research": "5", "requests.third_party_rights.welfare": "1", "requests.third_party_rights.legal_service": "2", "requests.third_party_rights.other": "5", "requests.third_party_rights.total": "20", "requests.internal_affairs.natural_person": "1", "requests.internal_affairs.business": "0", "requests.internal_affairs.research": "1", "requests.internal_affairs.welfare": "5", "requests.internal_affairs.legal_service": "5", "requests.internal_affairs.other": "1", "requests.internal_affairs.total": "13", "requests.process_information.natural_person": "0", "requests.process_information.business": "0", "requests.process_information.research": "0", "requests.process_information.welfare": "2", "requests.process_information.legal_service": "2", "requests.process_information.other": "0", "requests.process_information.total": "4", "requests.enforcement_files.natural_person": "1", "requests.enforcement_files.business": "0", "requests.enforcement_files.research": "0", "requests.enforcement_files.welfare": "5", "requests.enforcement_files.legal_service": "0", "requests.enforcement_files.other": "0", "requests.enforcement_files.total": "6", "requests.administrative_query.natural_person": "0", "requests.administrative_query.business": "0", "requests.administrative_query.research": "0", "requests.administrative_query.welfare": "2", "requests.administrative_query.legal_service": "5", "requests.administrative_query.other": "0", "requests.administrative_query.total": "7", "requests.not_held.natural_person": "1", "requests.not_held.business": "1", "requests.not_held.research": "5", "requests.not_held.welfare": "0", "requests.not_held.legal_service": "0", "requests.not_held.other": "5", "requests.not_held.total": "12", "requests.must_be_created.natural_person": "5", "requests.must_be_created.business": "1", "requests.must_be_created.research": "0", "requests.must_be_created.welfare": "2", "requests.must_be_created.legal_service": "0", "requests.must_be_created.other": "1", "requests.must_be_created.total": "9", "requests.unclear_after_correction.natural_person": "1", "requests.unclear_after_correction.business": "2", "requests.unclear_after_correction.research": "1", "requests.unclear_after_correction.welfare": "1", "requests.unclear_after_correction.legal_service": "2", "requests.unclear_after_correction.other": "0", "requests.unclear_after_correction.total": "7", "requests.petition.natural_person": "0", "requests.petition.business": "2", "requests.petition.research": "5", "requests.petition.welfare": "0", "requests.petition.legal_service": "0", "requests.petition.other": "5", "requests.petition.total": "12", "requests.repeated.natural_person": "1", "requests.repeated.business": "0", "requests.repeated.research": "5", "requests.repeated.welfare": "1", "requests.repeated.legal_service": "0", "requests.repeated.other": "0", "requests.repeated.total": "7", "requests.publication.natural_person": "0", "requests.publication.business": "0", "requests.publication.research": "0", "requests.publication.welfare": "2", "requests.publication.legal_service": "5", "requests.publication.other": "1", "requests.publication.total": "8", "requests.excessive.natural_person": "5", "requests.excessive.business": "5", "requests.excessive.research": "0", "requests.excessive.welfare": "0", "requests.excessive.legal_service": "1", "requests.excessive.other": "1", "requests.excessive.total": "12", "requests.reconfirmation.natural_person": "5", "requests.reconfirmation.business": "1", "requests.reconfirmation.research": "1", "requests.reconfirmation.welfare": "2", "requests.reconfirmation.legal_service": "5", "requests.reconfirmation.other": "1", "requests.reconfirmation.total": "15", "requests.not_corrected_in_time.natural_person": "5", "requests.not_corrected_in_time.business": "0", "requests.not_corrected_in_time.research": "2", "requests.not_corrected_in_time.welfare": "5", "requests.not_corrected_in_time.legal_service": "2", "requests.not_corrected_in_time.other": "5", "requests.not_corrected_in_time.total": "19", "requests.fee_not_paid.natural_person": "5", "requests.fee_not_paid.business": "5", "requests.fee_not_paid.research": "5", "requests.fee_not_paid.welfare": "0", "requests.fee_not_paid.legal_service": "0", "requests.fee_not_paid.other": "1", "requests.fee_not_paid.total": "16", "requests.other_outcome.natural_person": "0", "requests.other_outcome.business": "0", "requests.other_outcome.research": "0", "requests.other_outcome.welfare": "0", "requests.other_outcome.legal_service": "0", "requests.other_outcome.other": "0", "requests.other_outcome.total": "0", "requests.outcome_total.natural_person": "40", "requests.outcome_total.business": "25", "requests.outcome_total.research": "37", "requests.outcome_total.welfare": "38", "requests.outcome_total.legal_service": "36", "requests.outcome_total.other": "36", "requests.outcome_total.total": "212", "requests.carried_out.natural_person": "4", "requests.carried_out.business": "4", "requests.carried_out.research": "4", "requests.carried_out.welfare": "4", "requests.carried_out.legal_service": "6", "requests.carried_out.other": "3", "requests.carried_out.total": "25", "disputes.review.upheld": "0", "disputes.review.corrected": "2", "disputes.review.otherwise": "2", "disputes.review.pending": "2", "disputes.review.total": "6", "disputes.litigation_direct.upheld": "1", "disputes.litigation_direct.corrected": "0", "disputes.litigation_direct.otherwise": "0", "disputes.litigation_direct.pending": "0", "disputes.litigation_direct.total": "1", "disputes.litigation_after_review.upheld": "1", "disputes.litigation_after_review.corrected": "0", "disputes.litigation_after_review.otherwise": "2", "disputes.litigation_after_review.pending": "0", "disputes.litigation_after_review.total": "3"}, "as_text": [], "texts": {"preface": "本报告统计期限为2025年1月1日至12月31日。", "overview": "（一）主动公开。每月初业务科补录旧文件23次，由两人交叉复核，节前再由信息中心试读解读材料。收件后三日内各科室检查链接45次，结果张榜公布，每季末再由各科室走访来信群众。\n（二）依申请公开。月底档案室补录旧文件76次，邀请代表旁听，每季末再由分管负责人核对栏目目录。汛期业务科登记来件20次，形成书面记录，年中再由分管负责人清点存量文件。\n（三）政府信息管理。月底值班人员清点存量文件75次，邀请代表旁听，年末再由业务科试读解读材料。收件后三日内各科室清点存量文件60次，结果张榜公布，每季末再由办公室试读解读材料。\n（四）平台建设。每月初办公室清点存量文件54次，逐件对照清单，每月初再由信息中心走访来信群众。月底值班人员补录旧文件16次，列入科室考核，年中再由信息中心补录旧文件。\n（五）监督保障。每季末值班人员登记来件71次，形成书面记录，文件印发当日再由各科室整理卷宗。收件后三日内业务科走访来信群众85次，结果张榜公布，每月初再由办公室核对栏目目录。\n工作考核按月进行，社会评议每年一次，全年没有需要责任追究的情形。", "improvement": "一是文件印发当日分管负责人整理卷宗52次，结果张榜公布，汛期再由业务科清点存量文件做得还不够，下一年增加一次；二是收件后三日内档案室清点存量文件34次，由两人交叉复核，月底再由档案室检查链接有待改进，下一年改为两人负责。", "other_matters": "没有收取信息处理费。"}, "decisions": {}}',1,'[]',NULL,'','','2026-11-29 09:44:26.682411','2026-11-29 09:44:26.682422');
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "axes_accessattempt_user_agent_ad89678b" ON "axes_accessattempt" ("user_agent");
CREATE INDEX "axes_accessattempt_ip_address_10922d9c" ON "axes_accessattempt" ("ip_address");
CREATE INDEX "axes_accessattempt_username_3f2d4ca0" ON "axes_accessattempt" ("username");
CREATE UNIQUE INDEX "axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq" ON "axes_accessattempt" ("username", "ip_address", "user_agent");
CREATE INDEX "axes_accessfailurelog_user_agent_ea145dda" ON "axes_accessfailurelog" ("user_agent");
CREATE INDEX "axes_accessfailurelog_ip_address_2e9f5a7f" ON "axes_accessfailurelog" ("ip_address");
CREATE INDEX "axes_accessfailurelog_username_a8b7e8a4" ON "axes_accessfailurelog" ("username");
CREATE INDEX "axes_accesslog_user_agent_0e659004" ON "axes_accesslog" ("user_agent");
CREATE INDEX "axes_accesslog_ip_address_86b417e5" ON "axes_accesslog" ("ip_address");
CREATE INDEX "axes_accesslog_username_df93064b" ON "axes_accesslog" ("username");
CREATE INDEX "office_job_state_1c063f_idx" ON "office_job" ("state", "id");
CREATE INDEX "office_organ_superior_id_29a351a0" ON "office_organ" ("superior_id");
CREATE INDEX "office_link_organ_id_7c6c05cf" ON "office_link" ("organ_id");
CREATE INDEX "office_event_submission_id_22995ca9" ON "office_event" ("submission_id");
CREATE INDEX "office_upload_file_id_bea742a8" ON "office_upload" ("file_id");
CREATE INDEX "office_upload_submission_id_35893119" ON "office_upload" ("submission_id");
CREATE INDEX "office_sum_aggregate_id_a3ebaebb" ON "office_sum" ("aggregate_id");
CREATE INDEX "office_sum_file_id_7829fe9c" ON "office_sum" ("file_id");
CREATE UNIQUE INDEX "office_sum_versions_sum_id_version_id_71c53691_uniq" ON "office_sum_versions" ("sum_id", "version_id");
CREATE INDEX "office_sum_versions_sum_id_aea5c730" ON "office_sum_versions" ("sum_id");
CREATE INDEX "office_sum_versions_version_id_81e305ff" ON "office_sum_versions" ("version_id");
CREATE INDEX "office_remark_version_id_8b0c3daf" ON "office_remark" ("version_id");
CREATE UNIQUE INDEX "one_role_on_all" ON "office_assignment" ("user_id", "role") WHERE "organ_id" IS NULL;
CREATE INDEX "office_assignment_user_id_a32a6517" ON "office_assignment" ("user_id");
CREATE INDEX "office_assignment_organ_id_31ad303e" ON "office_assignment" ("organ_id");
CREATE INDEX "office_submission_organ_id_5621ca09" ON "office_submission" ("organ_id");
CREATE INDEX "office_subm_year_0b7592_idx" ON "office_submission" ("year", "state");
CREATE INDEX "office_version_submission_id_e4fafc6b" ON "office_version" ("submission_id");
CREATE INDEX "office_version_upload_id_be69374b" ON "office_version" ("upload_id");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('django_migrations',27);
INSERT INTO "sqlite_sequence" VALUES('django_content_type',23);
INSERT INTO "sqlite_sequence" VALUES('auth_permission',92);
INSERT INTO "sqlite_sequence" VALUES('auth_group',0);
INSERT INTO "sqlite_sequence" VALUES('auth_user',1);
INSERT INTO "sqlite_sequence" VALUES('axes_accessattempt',0);
INSERT INTO "sqlite_sequence" VALUES('axes_accesslog',0);
INSERT INTO "sqlite_sequence" VALUES('office_submission',4);
INSERT INTO "sqlite_sequence" VALUES('office_version',2);
INSERT INTO "sqlite_sequence" VALUES('office_setting',1);
INSERT INTO "sqlite_sequence" VALUES('office_organ',4);
INSERT INTO "sqlite_sequence" VALUES('office_assignment',2);
INSERT INTO "sqlite_sequence" VALUES('office_head',1);
INSERT INTO "sqlite_sequence" VALUES('office_upload',2);
INSERT INTO "sqlite_sequence" VALUES('office_remark',2);
COMMIT;

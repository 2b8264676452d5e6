# Reads the folder named on the first line with Python's own csv module and prints every broken invariant of section 17.11.
import csv, glob, hashlib, json, os, sys

folder = sys.stdin.readline().strip()
earlier = {"mailings": set(), "mailingrecipients": set(), "links": set()}
address = {}
for path in sorted(glob.glob(os.path.join(folder, "*manifest.json")), key=lambda p: json.load(open(p, encoding="utf-8"))["to"]):
    manifest = json.load(open(path, encoding="utf-8"))
    tables = {}
    for file in manifest["files"]:
        raw = open(os.path.join(folder, file["name"]), "rb").read()
        if hashlib.sha256(raw).hexdigest() != file["sha256"] or len(raw) != file["bytes"]:
            print(file["name"], "is not what its manifest says")
        text = raw.decode("utf-8")
        if text and not text.endswith("\n") or "\r" in text:
            print(file["name"], "has other line ends than LF")
        tables[file["table"]] = list(csv.DictReader(text.splitlines(), delimiter=";", strict=True))
        if len(tables[file["table"]]) != file["rows"]:
            print(file["name"], "has another number of rows")
    started = {row["id"]: row["started"] for row in tables["mailings"]}
    earlier["mailings"] |= started.keys()
    for row in tables["mailingrecipients"]:
        if row["mailingId"] not in started:
            print(path, "recipient of a mailing that is not listed", row)
        if (row["deliveryStatus"] == "HARD") != (row["response.category"] == "fatal_bounce"):
            print(path, "HARD", row)
        if (row["deliveryStatus"] == "SOFT") != (row["response.category"] in ("bounce", "temporary_bounce")):
            print(path, "SOFT", row)
        if address.setdefault(row["id"], row["userId"]) != row["userId"]:
            print(path, "two addresses", row)
    earlier["mailingrecipients"] |= {row["id"] for row in tables["mailingrecipients"]}
    links = {row["id"]: row for row in tables["links"]}
    for name in ("clicks", "opens", "automated_opens", "unsubscribes", "responses"):
        for row in tables[name]:
            if row["mailingId"] not in earlier["mailings"]:
                print(path, name, "mailing is not known", row)
            if row["mailingToUserId"] not in earlier["mailingrecipients"]:
                print(path, name, "recipient is not known", row)
            if "linkId" in row and (row["linkId"] not in links or links[row["linkId"]]["mailingToUserId"] != row["mailingToUserId"]):
                print(path, name, "link is not in this run", row)
            if address.setdefault(row["mailingToUserId"], row["userId"]) != row["userId"]:
                print(path, name, "two addresses", row)
            if row["created"] < started.get(row["mailingId"], ""):
                print(path, name, "before the start", row)

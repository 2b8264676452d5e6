namespace ClosedLoop.Model.Orders;

/// <summary>Keys E-01 to E-99: nothing is sent (xml-delivery spec section 12).</summary>
public static partial class OrderErrorCodes
{
    public static readonly OrderErrorCode E01 = new(
        "E-01", "GENERIC_ERROR", "order file missing",
        "The semaphore was published before its XML file, or under another name.",
        "Upload NAME.xml first, then publish NAME.xml.ok again.");

    public static readonly OrderErrorCode E02 = new(
        "E-02", "XML_ERROR", "order breaks the schema",
        "An element is misspelt, misplaced, repeated or left out, or a value has not the form of its type.",
        "Compare the place with xml-delivery.xsd; the order of elements counts.");

    public static readonly OrderErrorCode E03 = new(
        "E-03", "XML_ERROR", "empty element",
        "The program that writes the order had no value and wrote the tag all the same.",
        "Write a value, or leave the whole element out so that its default applies.");

    public static readonly OrderErrorCode E04 = new(
        "E-04", "XML_ERROR", "wrong channel",
        "A campaign holds no channel, more than one, or fax, which is no longer supported.",
        "Write exactly one of email, sms and push; make one order for each channel.");

    public static readonly OrderErrorCode E05 = new(
        "E-05", "GENERIC_ERROR", "list missing",
        "The list was not uploaded, has another name, or comes after the semaphore.",
        "Upload the list into the folder of the order first, then publish the semaphore again.");

    public static readonly OrderErrorCode E06 = new(
        "E-06", "XMLD_CONFIGURATION_ERROR", "illegal file name",
        "The name holds a path, blanks or letters that are not allowed in names of files.",
        "Use 1 to 120 of A-Z, a-z, 0-9, dot, hyphen and underscore, and begin with a letter or digit.");

    public static readonly OrderErrorCode E07 = new(
        "E-07", "XMLD_CONFIGURATION_ERROR", "not allowed",
        "A token is wrong, the user is inactive, or the user may not use the group.",
        "Check suid and key with the operator of the account, then the rights of the user.");

    public static readonly OrderErrorCode E08 = new(
        "E-08", "XMLD_CONFIGURATION_ERROR", "no recipients",
        "The order names neither a list, nor recipients of its own, nor a filter.",
        "Give new_recipients or filter/normal, or a test target for a test alone.");

    public static readonly OrderErrorCode E09 = new(
        "E-09", "XMLD_CONFIGURATION_ERROR", "wrong field",
        "A field is misspelt, unknown to the database, there twice, reserved, or the identifying one is missing.",
        "Use the field names of the database, each once; XML_DELIVERY_CODE is written by the service.");

    public static readonly OrderErrorCode E10 = new(
        "E-10", "XMLD_CONFIGURATION_ERROR", "no valid recipient",
        "The list is empty, or every row of it was skipped.",
        "The warnings say why rows were skipped; correct them at their source.");

    public static readonly OrderErrorCode E11 = new(
        "E-11", "XMLD_CONFIGURATION_ERROR", "wrong filter",
        "The filter does not exist, belongs to another database, or is not meant for this use.",
        "Check id, database and type of the filter in the account.");

    public static readonly OrderErrorCode E12 = new(
        "E-12", "SERVER_COMMUNICATION_ERROR", "database locked or unreachable",
        "Another operation or delivery uses the database.",
        "Publish the semaphore again later, or write retry as first child of recipients.");

    public static readonly OrderErrorCode E13 = new(
        "E-13", "GENERIC_ERROR", "list unreadable",
        "The list is damaged, has another charset or separator, is too large, or the archive is not a plain one.",
        "Write CSV in the agreed charset, or a zip archive with exactly this one file.");

    public static readonly OrderErrorCode E14 = new(
        "E-14", "XMLD_CONFIGURATION_ERROR", "start in the past",
        "The order was published too late, or its time is meant in another time zone.",
        "Write a later time of the account's time zone, or leave schedule out.");

    public static readonly OrderErrorCode E15 = new(
        "E-15", "XMLD_CONFIGURATION_ERROR", "transactional flag disagrees",
        "The order says transactional and its group or template does not, or the other way round.",
        "Use a group of the same type, or correct the flag.");

    public static readonly OrderErrorCode E16 = new(
        "E-16", "XMLD_CONFIGURATION_ERROR", "group or template missing",
        "The id is wrong, of another account, or of another channel.",
        "Check the id of newsletter or template_from_campaign_id in the account.");

    public static readonly OrderErrorCode E17 = new(
        "E-17", "XMLD_CONFIGURATION_ERROR", "content disagrees",
        "Parts, format, charset or push endpoints do not belong together.",
        "Give exactly the parts that preferred_content names, in the charset of encoding.");

    public static readonly OrderErrorCode E18 = new(
        "E-18", "XMLD_CONFIGURATION_ERROR", "sender, subject or text not allowed",
        "A value that every message needs comes from nowhere, or is not one the account may use.",
        "Give the value in the order, its template or its group; have domains and aliases allowed first.");

    public static readonly OrderErrorCode E19 = new(
        "E-19", "XMLD_CONFIGURATION_ERROR", "placeholder not allowed",
        "A placeholder names an unknown field, fetches from where it may not or what cannot be had, or is Ruby code.",
        "Use fields of the database; only allowed hosts are fetched from, and code is never run.");

    public static readonly OrderErrorCode E20 = new(
        "E-20", "API_COMMUNICATION_ERROR", "delivery service failed",
        "The delivery service refused, or did not answer three times.",
        "Look at the state of the service, then publish the semaphore again.");

    public static readonly OrderErrorCode E99 = new(
        "E-99", "INTERNAL_ERROR", "unexpected fault",
        "A fault of the program.",
        "Report it with the id of the operation; the log has the details.");
}

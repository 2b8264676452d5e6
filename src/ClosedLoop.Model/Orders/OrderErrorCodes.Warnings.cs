namespace ClosedLoop.Model.Orders;

/// <summary>Keys W-01 and on: the order is carried out, and the report says so.</summary>
public static partial class OrderErrorCodes
{
    public static readonly OrderErrorCode W01 = new(
        "W-01", "", "filter ignored",
        "The order holds both recipients and a filter for the same delivery.",
        "Leave one of the two out; recipients of the order win.");

    public static readonly OrderErrorCode W02 = new(
        "W-02", "", "too many test recipients",
        "A list for the normal delivery was given as test list.",
        "At most 30 test recipients are used; the rest gets nothing.");

    public static readonly OrderErrorCode W03 = new(
        "W-03", "", "time is a proposal only",
        "The order is a draft, which an operator starts.",
        "Write method auto if the delivery is to start by itself.");

    public static readonly OrderErrorCode W04 = new(
        "W-04", "", "row skipped",
        "A row has too few or too many cells, no valid address, or a value its field cannot take.",
        "Correct the row at its source; the other rows are used.");

    public static readonly OrderErrorCode W05 = new(
        "W-05", "", "report recipient not registered",
        "The address belongs to no user of the account.",
        "Register the user, or take the address out; the delivery is not held up.");

    public static readonly OrderErrorCode W06 = new(
        "W-06", "", "whole database",
        "Filter 0 selects every contact of the database.",
        "Make a filter that says who is meant.");

    public static readonly OrderErrorCode W07 = new(
        "W-07", "", "no such note",
        "The content names a note that the order does not have; the text stays as it is.",
        "Add the note, or correct its label.");

    public static readonly OrderErrorCode W08 = new(
        "W-08", "", "text perhaps too long",
        "Fields make the text longer than it looks, or a long text needs an option of the account.",
        "Shorten the text to be sure, or check it with the account's definition.");

    public static readonly OrderErrorCode W09 = new(
        "W-09", "", "rendering not available",
        "The account has no rendering analysis.",
        "Leave the attribute out; the test is sent all the same.");

    public static readonly OrderErrorCode W10 = new(
        "W-10", "", "encoding ignored",
        "A template brings its own encoding.",
        "Leave encoding out.");

    public static readonly OrderErrorCode W11 = new(
        "W-11", "", "time falls into a clock change",
        "On that day the local time does not exist, or comes twice.",
        "The moment is named in the message; write another time if it is not what is meant.");

    public static readonly OrderErrorCode W12 = new(
        "W-12", "", "placeholder without effect",
        "The channel does not know this placeholder; the text stays as it is.",
        "Take it out.");

    public static readonly OrderErrorCode W13 = new(
        "W-13", "", "payload larger than usual",
        "Push services take 4096 bytes.",
        "Shorten the payload; it may be refused.");

    public static readonly OrderErrorCode W14 = new(
        "W-14", "", "test only",
        "The order has a test target and nobody for the normal delivery.",
        "Nothing to do if only a test is meant.");

    public static readonly OrderErrorCode W15 = new(
        "W-15", "", "time passed meanwhile",
        "The order waited for its database, or its recipients took long to load.",
        "Nothing to do: the delivery started at once.");

    public static readonly OrderErrorCode W16 = new(
        "W-16", "", "test not sent",
        "The test delivery could not be started; the normal one is not held up by it.",
        "See the message; use method manual where a test must be approved first.");

    public static readonly OrderErrorCode W17 = new(
        "W-17", "", "rendering analysis",
        "The test asked for rendering, and the content has something that programs or filters may not like.",
        "The message says what, by the codes of closedloop lint; the deliveries are not held up.");
}

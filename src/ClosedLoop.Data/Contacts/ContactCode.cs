namespace ClosedLoop.Data.Contacts;

/// <summary>Mark of the rows that an operation has inserted (xml-delivery spec section 6): <c>X12N</c> for the recipients of operation 12, <c>X12T</c> for those of its test.</summary>
public static class ContactCode
{
    /// <summary>As it is stored.</summary>
    public static long Of(long operationId, bool test) => (operationId * 2) + (test ? 1 : 0);

    /// <summary>As people see it, in the field and as the name of the automatic filter.</summary>
    public static string Text(long code) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"X{code / 2}{(code % 2 == 0 ? 'N' : 'T')}");
}

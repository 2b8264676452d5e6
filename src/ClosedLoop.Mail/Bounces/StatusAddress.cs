namespace ClosedLoop.Mail.Bounces;

/// <summary>Addresses in report fields of the form "rfc822; address" (RFC 3464 section 2.3.1), and in those that are only nearly so.</summary>
internal static class StatusAddress
{
    /// <summary>Null when the field is missing or holds no address.</summary>
    public static string? Of(string? field)
    {
        if (field is null)
            return null;
        var semicolon = field.IndexOf(';', StringComparison.Ordinal);
        var value = semicolon >= 0 ? field[(semicolon + 1)..] : field;

        // RFC 6533 section 3: utf-8 addresses arrive with \x{..} escapes; X.400 and program names hold no address at the head.
        value = value.Trim().Trim('<', '>', '"');
        return AddressFinder.First(value);
    }
}

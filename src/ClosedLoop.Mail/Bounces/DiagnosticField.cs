namespace ClosedLoop.Mail.Bounces;

/// <summary>The fields of a recipient in a delivery status that need more than their value: RFC 3464 sections 2.3.3 and 2.3.6.</summary>
internal static class DiagnosticField
{
    public static DeliveryAction Action(string? field) => field?.Trim().Split(' ', ';', '(')[0].ToUpperInvariant() switch
    {
        "FAILED" or "FAIL" or "EXPIRED" or "FAILURE" or "ERROR" => DeliveryAction.Failed,
        "DELAYED" or "DELAY" => DeliveryAction.Delayed,
        "DELIVERED" or "DELIVERABLE" => DeliveryAction.Delivered,
        "RELAYED" => DeliveryAction.Relayed,
        "EXPANDED" => DeliveryAction.Expanded,
        _ => DeliveryAction.None,
    };

    /// <summary>RFC 3464 section 2.3.6: "type; text". Some writers leave the type out.</summary>
    public static string WithoutType(string field, out string type)
    {
        var semicolon = field.IndexOf(';', StringComparison.Ordinal);
        type = semicolon is > 0 and < 30 && !field.AsSpan(0, semicolon).Trim().Contains(' ') ? field[..semicolon].Trim() : "";
        return type.Length > 0 ? field[(semicolon + 1)..].Trim() : field;
    }

    /// <summary>IronPort servers, and SES on them, put the standard wording of the status code before the quoted reply: "5.1.0 - Unknown address error 550-'the reply'".</summary>
    public static string Inner(string diagnostic)
    {
        var quote = diagnostic.IndexOf("-'", StringComparison.Ordinal);
        return quote > 10 && diagnostic.AsSpan(0, quote).Contains(" - ", StringComparison.Ordinal) ? diagnostic[(quote + 2)..] : diagnostic;
    }

    /// <summary>The recipient is a program of the reporting host.</summary>
    public static bool IsProgram(StatusFields? fields) =>
        fields is not null && ((fields["Final-Recipient"] ?? "").Contains(";|", StringComparison.Ordinal) || (fields["X-Actual-Recipient"] ?? "").Replace(" ", "", StringComparison.Ordinal).Contains(";|", StringComparison.Ordinal));
}

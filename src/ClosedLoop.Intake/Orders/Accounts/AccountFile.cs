using System.Text.Json;
using ClosedLoop.Intake.Orders.Filters;
using ClosedLoop.Model;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Accounts;

/// <summary>Reads and checks <c>account.json</c>; all faults are told at once.</summary>
public static class AccountFile
{
    /// <summary>Reads the definition of an account.</summary>
    /// <param name="json">Content of the file.</param>
    /// <param name="faults">What is wrong, each with its place; empty when the account can be used.</param>
    /// <returns>Null when it cannot be read at all.</returns>
    public static AccountDefinition? Read(string json, out IReadOnlyList<string> faults)
    {
        try
        {
            var account = JsonSerializer.Deserialize<AccountDefinition>(json, DefinitionJson.Options);
            faults = account is null ? ["the file holds null; expected an object"] : Faults(account);
            return account;
        }
        catch (JsonException fault)
        {
            faults = [FormattableString.Invariant($"{fault.Path ?? "$"}, line {(fault.LineNumber ?? 0) + 1}: {fault.Message}")];
            return null;
        }
    }

    /// <summary>Everything that is wrong with an account.</summary>
    public static IReadOnlyList<string> Faults(AccountDefinition account)
    {
        ArgumentNullException.ThrowIfNull(account);
        var faults = new List<string>();
        Tokens(account, faults);
        Repeated(account.Databases.Select(database => database.Id), "databases", faults);
        Repeated(account.Filters.Select(filter => filter.Id), "filters", faults);
        Repeated(account.Groups.Select(group => group.Id), "groups", faults);
        Repeated(account.Templates.Select(template => template.Id), "templates", faults);
        foreach (var database in account.Databases) Database(database, faults);
        foreach (var filter in account.Filters) Filter(account, filter, faults);
        foreach (var group in account.Groups)
        {
            if (group is { Attachments.Count: > 0, Channel: not OrderChannel.Email }) faults.Add(FormattableString.Invariant($"groups[id={group.Id}].attachments: only e-mail has attachments"));
            if (account.Databases.All(database => database.Id != group.Database)) faults.Add(FormattableString.Invariant($"groups[id={group.Id}].database: no database {group.Database}"));
        }

        foreach (var host in account.ContentHosts.Where(host => Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) is UriHostNameType.Unknown or UriHostNameType.Basic))
            faults.Add($"contentHosts: '{host}' is no host; expected a name such as cms.example.com, or *.example.com for every name below one");
        faults.AddRange(OrderConfigurationCheck.Faults(account.XmlDelivery));
        if (account.XmlDelivery.CsvSeparator is not (',' or ';' or '\t' or '|')) faults.Add("xmlDelivery.csvSeparator: expected comma, semicolon, tab or bar");
        if (account.XmlDelivery.CsvEncoding is { } charset && !OrderCharset.IsKnown(charset)) faults.Add("xmlDelivery.csvEncoding: expected utf-8, iso-8859-15 or shift_jis");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(account.XmlDelivery.TimeZone, out _)) faults.Add("xmlDelivery.timeZone: not a known zone; expected an IANA name such as Europe/Rome");
        return faults;
    }

    private static void Tokens(AccountDefinition account, List<string> faults)
    {
        for (var i = 0; i < account.ApiKeys.Count; i++)
        {
            if (!TokenHash.IsHash(account.ApiKeys[i])) faults.Add(FormattableString.Invariant($"apiKeys[{i}]: expected sha256: and 64 hexadecimal digits"));
        }

        for (var i = 0; i < account.Users.Count; i++)
        {
            if (account.Users[i].Suid is { } suid && !TokenHash.IsHash(suid)) faults.Add(FormattableString.Invariant($"users[{i}].suid: expected sha256: and 64 hexadecimal digits"));
        }
    }

    private static void Database(UserDatabase database, List<string> faults)
    {
        var place = FormattableString.Invariant($"databases[id={database.Id}]");
        if (!OrderCharset.IsKnown(database.Charset)) faults.Add($"{place}.charset: expected utf-8, iso-8859-15 or shift_jis");
        foreach (var group in database.Fields.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)) faults.Add($"{place}.fields: {group.Key} is there twice");
        foreach (var role in database.Fields.Where(field => field.Role is not null).GroupBy(field => field.Role).Where(group => group.Count() > 1)) faults.Add($"{place}.fields: role {role.Key} is there twice");
        foreach (var field in database.Fields.Where(field => field.Length is < 1)) faults.Add($"{place}.fields: {field.Name} has a length below 1");
        if (database.BaseFilter is { } expression) Expression(expression, database, $"{place}.baseFilter", faults);
    }

    private static void Filter(AccountDefinition account, SavedFilter filter, List<string> faults)
    {
        var place = FormattableString.Invariant($"filters[id={filter.Id}]");
        if (filter.Id is <= 0 or >= Data.Orders.AutoFilter.FirstId) faults.Add(FormattableString.Invariant($"{place}: the id must be above 0, which means the whole database, and below {Data.Orders.AutoFilter.FirstId}, where those begin that orders make"));
        var database = account.Databases.FirstOrDefault(database => database.Id == filter.Database);
        if (database is null) faults.Add(FormattableString.Invariant($"{place}.database: no database {filter.Database}"));
        else Expression(filter.Expression, database, $"{place}.expression", faults);
    }

    private static void Expression(string expression, UserDatabase database, string place, List<string> faults)
    {
        try
        {
            FilterExpression.Parse(expression, database);
        }
        catch (FilterException fault)
        {
            faults.Add($"{place}: {fault.Message}");
        }
    }

    private static void Repeated(IEnumerable<long> ids, string list, List<string> faults)
    {
        foreach (var group in ids.GroupBy(id => id).Where(group => group.Count() > 1)) faults.Add(FormattableString.Invariant($"{list}: id {group.Key} is there twice"));
    }
}

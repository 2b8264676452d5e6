using ClosedLoop.Data.Orders;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Accounts;

/// <summary>What an order may ask of its account: xml-delivery spec sections 5.4, 6, 8, 9 and 10. Reports everything it finds, as far as group and database are known.</summary>
internal sealed partial class AccountRules
{
    private readonly OrderReading _reading;
    private readonly AccountDefinition _account;
    private readonly Order _order;
    private readonly AccountTemplate? _template;
    private readonly Func<long, AutoFilter?>? _automatic;

    /// <param name="reading">The order.</param>
    /// <param name="account">Its account.</param>
    /// <param name="automatic">Finds filters that earlier orders made; <c>null</c> where nobody knows them.</param>
    public AccountRules(OrderReading reading, AccountDefinition account, Func<long, AutoFilter?>? automatic = null)
    {
        (_reading, _account, _automatic) = (reading, account, automatic);
        _order = reading.Order ?? throw new ArgumentException("the order has errors", nameof(reading));
        Group = account.Groups.FirstOrDefault(group => group.Id == _order.Newsletter);
        _template = (_order.Message as EmailMessage)?.Template is { } id ? account.Templates.FirstOrDefault(template => template.Id == id) : null;
        Database = account.Databases.FirstOrDefault(database => database.Id == Group?.Database);
    }

    /// <summary>Null when the account has no group of that number.</summary>
    public AccountGroup? Group { get; }

    /// <summary>The user who asks; null when the tokens are not those of an active one.</summary>
    public AccountUser? User { get; private set; }

    /// <summary>Whether the order may ask for anything at all.</summary>
    public bool IsAuthorised => User is not null;

    /// <summary>The group's database; null when the group is not known.</summary>
    public UserDatabase? Database { get; }

    public void Check()
    {
        CheckTokens();
        CheckGroup();
        if (Database is not null && Database.Find(UserDatabase.CodeField) is null) Add(OrderErrorCodes.E09, "newsletter", $"the database of the group has no field {UserDatabase.CodeField}");
        CheckFilter(_order.Normal, FilterUse.Normal);
        CheckFilter(_order.Test, FilterUse.Test);
        if (_order.Rendering && !_account.Rendering) Add(OrderErrorCodes.W09, "recipients", "the test asks for rendering, which the account does not have");
        foreach (var recipient in _order.Delivery.StatisticsReport?.Recipients ?? [])
        {
            if (!_account.Users.Any(user => string.Equals(user.Email, recipient, StringComparison.OrdinalIgnoreCase))) Add(OrderErrorCodes.W05, "schedule_report", "a recipient of the statistics report is no registered user");
        }

        // Defaults of another channel would only add faults that are none.
        if (Group is null || Group.Channel != _order.Channel) return;
        switch (_order.Message)
        {
            case EmailMessage email:
                CheckEmail(email, Group);
                break;
            case SmsMessage sms:
                CheckSms(sms, Group);
                break;
            case PushMessage push:
                CheckPlaceholders("apn", push.Apn);
                CheckPlaceholders("gcm", push.Gcm);
                break;
        }
    }

    // Every hash is looked at whatever the first ones say, and all failures read alike: the time and the text tell nobody which token was right.
    private void CheckTokens()
    {
        var keyKnown = false;
        foreach (var hash in _account.ApiKeys) keyKnown |= TokenHash.Matches(_order.Auth.Key, hash);
        AccountUser? user = null;
        foreach (var candidate in _account.Users.Where(candidate => candidate.Suid is not null))
        {
            if (TokenHash.Matches(_order.Auth.Suid, candidate.Suid!)) user = candidate;
        }

        if (!keyKnown || user is not { Active: true }) Add(OrderErrorCodes.E07, "auth", "suid and key are not those of an active user of the account");
        else User = user;
        if (User?.Groups is { } groups && !groups.Contains(_order.Newsletter)) Add(OrderErrorCodes.E07, "auth", FormattableString.Invariant($"the user has no right on group {_order.Newsletter}"));
    }

    private void CheckGroup()
    {
        if (Group is null) Add(OrderErrorCodes.E16, "newsletter", FormattableString.Invariant($"the account has no group {_order.Newsletter}"));
        else if (Group.Channel != _order.Channel) Add(OrderErrorCodes.E16, "newsletter", FormattableString.Invariant($"group {_order.Newsletter} is one of another channel; expected {_order.Channel}"));
        if ((_order.Message as EmailMessage)?.Template is { } id)
        {
            if (_template is null) Add(OrderErrorCodes.E16, "template_from_campaign_id", FormattableString.Invariant($"the account has no campaign {id}"));
            else if (_template.Channel != OrderChannel.Email) Add(OrderErrorCodes.E16, "template_from_campaign_id", FormattableString.Invariant($"campaign {id} is not an e-mail campaign"));
        }

        if (Group is null || (_template is null && (_order.Message as EmailMessage)?.Template is not null)) return;
        var transactional = _template?.Transactional ?? Group.Transactional;
        if (transactional == _order.Delivery.Transactional) return;
        var source = _template is null ? "group" : "template";
        Add(
            OrderErrorCodes.E15, transactional ? "delivery" : "transactional",
            transactional ? $"the {source} is transactional, but the order has no <transactional/>" : $"<transactional/> is there, but the {source} is not transactional");
    }

    private void CheckFilter(OrderTarget? target, FilterUse use)
    {
        if (target is not FilterTarget filter) return;
        if (filter.FilterId == 0)
        {
            if (!_account.XmlDelivery.AllowFilterZero) Add(OrderErrorCodes.E11, filter.Line, filter.Column, "filter 0, the whole database, is not allowed for this account (allowFilterZero)");
            return;
        }

        var saved = _account.Filters.FirstOrDefault(saved => saved.Id == filter.FilterId);
        if (saved is null && filter.FilterId >= AutoFilter.FirstId)
        {
            // Numbers from there on are the service's own.
            if (_automatic is null) return;
            if (_automatic(filter.FilterId) is { } made) saved = new SavedFilter { Id = made.FilterId, Database = made.DatabaseId, Type = made.Test ? FilterUse.Test : FilterUse.Normal, Expression = "" };
        }

        if (saved is null) Add(OrderErrorCodes.E11, filter.Line, filter.Column, FormattableString.Invariant($"the account has no filter {filter.FilterId}"));
        else if (Database is not null && saved.Database != Database.Id) Add(OrderErrorCodes.E11, filter.Line, filter.Column, FormattableString.Invariant($"filter {filter.FilterId} belongs to another database than the group"));
        else if (saved.Type != FilterUse.Both && saved.Type != use) Add(OrderErrorCodes.E11, filter.Line, filter.Column, FormattableString.Invariant($"filter {filter.FilterId} is of type {saved.Type}; expected {use} or Both"));
    }

    private void Add(OrderErrorCode code, string element, string message) => Add(code, _reading.Places[element].Line, _reading.Places[element].Column, message);

    private void Add(OrderErrorCode code, int line, int column, string message) => _reading.Problems.Add(code, line, column, message);
}

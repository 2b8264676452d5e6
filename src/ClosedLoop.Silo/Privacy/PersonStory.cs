namespace ClosedLoop.Silo.Privacy;

/// <summary>Everything known of one address, for the person, for an operator, or for a program.</summary>
internal sealed record PersonStory(string Address, DateTimeOffset MadeAt, IReadOnlyList<PersonAtClient> Clients, IReadOnlyList<ReturnedMail> Returned)
{
    public bool IsEmpty => Clients.Count == 0 && Returned.Count == 0;
}

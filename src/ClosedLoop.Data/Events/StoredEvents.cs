namespace ClosedLoop.Data.Events;

/// <summary>What became of a batch of events; the five add up to its length.</summary>
/// <param name="Stored">Events that have a row now.</param>
/// <param name="Repeated">Unsubscribes of people who were unsubscribed already; they get no second row.</param>
/// <param name="Dropped">Events of mailings or recipients that are not in the database.</param>
/// <param name="Expired">Events of mailings past their retention: an unsubscribe still takes effect, but none gets a row.</param>
/// <param name="Withheld">Opens and clicks of people who are not tracked.</param>
public readonly record struct StoredEvents(int Stored, int Repeated, int Dropped, int Expired, int Withheld);

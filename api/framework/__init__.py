"""The classes of Django REST framework as this API has them: what is asked, in which form, how often, by whom."""

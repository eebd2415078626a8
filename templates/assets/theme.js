/* Before the first paint: says that scripts run, and sets the reader's own theme and text size. */
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('js');
  ['theme', 'size'].forEach(function (name) {
    try {
      var value = localStorage.getItem(name);
      if (/^[a-z]+$/.test(value || '')) root.setAttribute('data-' + name, value);
    } catch (error) { /* storage is closed to this page: the defaults stand */ }
  });
})();
